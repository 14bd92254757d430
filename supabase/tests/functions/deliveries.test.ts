/** Notifications on their way out of the house: they arrive, or it is told why not; and nothing else suffers. */
import assert from "node:assert/strict";
import { Webhook as Verifier } from "standardwebhooks";
import { readEnv } from "../../functions/_shared/env.ts";
import { call, json, secret } from "./_support/api.ts";
import { type Received, withReceiver } from "./_support/receiver.ts";
import { sql, stack, test } from "./_support/stack.ts";
import { assertWhole } from "./backup/_support/archive.ts";
import { runWorker, withWaitingBackup } from "./backup/_support/own_worker.ts";
import { withHeldJobs } from "./restore/_support/held_jobs.ts";

const signingSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const webhookTo = (host: string, allowedHosts = [host]) => ({
  webhook: { url: new URL(`http://${host}/hook/token`), secret: signingSecret, allowedHosts },
});
const emailTo = (host: string) => ({
  email: {
    apiKey: "re_key",
    apiUrl: `http://${host}`,
    to: ["admin@alumni.example"],
    from: "backups@alumni.example",
  },
});

interface Waiting {
  id: string;
  jobId: string;
}

/** A notification that waits to be sent by a worker of the test's own. */
async function withNotification(
  work: (notification: Waiting) => Promise<void>,
  severity = "error",
): Promise<void> {
  await withHeldJobs("deliver", async () => {
    const [{ id }] = await sql`select backup.notify('test', ${severity}, 'For a test.', '{"rows": 7}') as id`;
    try {
      const [{ job_id }] = await sql`select job_id from backup.jobs where notification_id = ${id}`;
      await work({ id, jobId: job_id });
    } finally {
      await sql`delete from backup.notifications where notification_id = ${id}`;
    }
  });
}

async function deliveriesOf(id: string) {
  const rows = await sql`
    select channel, outcome, attempt_count as attempts, error from backup.deliveries
    where notification_id = ${id} order by channel`;
  return rows.map(({ channel, outcome, attempts, error }) => ({
    channel,
    outcome,
    attempts,
    code: error?.code,
  }));
}

async function jobOf({ jobId }: Waiting) {
  const [job] = await sql`select status, error, attempt_count from backup.jobs where job_id = ${jobId}`;
  return job;
}

const verified = ({ body, headers }: Received) => new Verifier(signingSecret).verify(body, headers);
const failing = () => new Response("no", { status: 500 });

test("delivery: a webhook, signed; tried again after failures, always as the same message", async () => {
  await withReceiver(
    (count) => count < 3 ? failing() : new Response(),
    (host, received) =>
      withNotification(async (notification) => {
        const { id, jobId } = notification;
        for (const attempts of [1, 2]) {
          await runWorker(jobId, { env: webhookTo(host) });
          assert.deepEqual(await deliveriesOf(id), [
            { channel: "webhook", outcome: "failed", attempts, code: "delivery_failed" },
          ]);
          const { status, error } = await jobOf(notification);
          assert.equal(status, "queued");
          assert.match(error.message, /answered 500/);
          assert.doesNotMatch(JSON.stringify(error), /token/);
        }
        await runWorker(jobId, { env: webhookTo(host) });
        assert.deepEqual(await deliveriesOf(id), [
          { channel: "webhook", outcome: "sent", attempts: 3, code: undefined },
        ]);
        assert.equal((await jobOf(notification)).status, "succeeded");

        assert.equal(received.length, 3);
        assert.equal(new Set(received.map(({ headers }) => headers["webhook-id"])).size, 1);
        const { text, project, ...rest } = verified(received[2]) as Record<string, unknown>;
        assert.match(String(text), /^Error: For a test\. \(/);
        assert.equal(project, stack.apiUrl);
        assert.deepEqual([rest.kind, rest.severity, rest.message, rest.details], [
          "test",
          "error",
          "For a test.",
          { rows: 7 },
        ]);
      }),
  );
});

test("delivery: nobody is there, again and again: given up in the end, and told", async () => {
  await withNotification(async (notification) => {
    for (let attempt = 1; attempt <= 8; attempt++) {
      await runWorker(notification.jobId, { env: webhookTo("127.0.0.1:9") });
    }
    const { status, attempt_count } = await jobOf(notification);
    assert.deepEqual([status, attempt_count], ["failed", 8]);
    assert.deepEqual(await deliveriesOf(notification.id), [
      { channel: "webhook", outcome: "failed", attempts: 8, code: "delivery_failed" },
    ]);
  });
});

test("delivery: an address within the house is refused, and not tried again", async () => {
  await withReceiver(() => new Response(), (host, received) =>
    withNotification(async (notification) => {
      await runWorker(notification.jobId, { env: webhookTo(host, []) });
      assert.deepEqual(await deliveriesOf(notification.id), [
        { channel: "webhook", outcome: "refused", attempts: 1, code: "webhook_refused" },
      ]);
      assert.equal((await jobOf(notification)).status, "succeeded");
      assert.equal(received.length, 0);
    }));
});

test("delivery: nothing is configured", async () => {
  await withNotification(async (notification) => {
    await runWorker(notification.jobId);
    assert.deepEqual(await deliveriesOf(notification.id), []);
    assert.equal((await jobOf(notification)).status, "succeeded");
  });
});

test("delivery: e-mail, as the provider wants it", async () => {
  const answer = () => Response.json({ id: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794" });
  await withReceiver(answer, (host, received) =>
    withNotification(async (notification) => {
      await runWorker(notification.jobId, { env: emailTo(host) });
      assert.deepEqual(await deliveriesOf(notification.id), [
        { channel: "email", outcome: "sent", attempts: 1, code: undefined },
      ]);
      const [{ path, headers, body }] = received;
      assert.equal(path, "/emails");
      assert.equal(headers.authorization, "Bearer re_key");
      assert.ok(headers["idempotency-key"].includes(`/${notification.id}/`));
      const { from, to, subject, text } = JSON.parse(body);
      assert.deepEqual([from, to], ["backups@alumni.example", ["admin@alumni.example"]]);
      assert.match(subject, /^Error: For a test\./);
      assert.match(text, /"rows": 7/);
    }));
});

test("delivery: what did arrive is not sent again because of what did not", async () => {
  const answer = (count: number, path: string) =>
    path === "/emails" && count < 3 ? failing() : new Response();
  await withReceiver(answer, (host, received) =>
    withNotification(async (notification) => {
      const env = { ...webhookTo(host), ...emailTo(host) };
      await runWorker(notification.jobId, { env });
      await runWorker(notification.jobId, { env });
      assert.deepEqual(received.map(({ path }) => path), ["/hook/token", "/emails", "/emails"]);
      assert.deepEqual(await deliveriesOf(notification.id), [
        { channel: "email", outcome: "sent", attempts: 2, code: undefined },
        { channel: "webhook", outcome: "sent", attempts: 1, code: undefined },
      ]);
      assert.equal((await jobOf(notification)).status, "succeeded");
    }));
});

test("delivery: good news does not go by e-mail", async () => {
  await withReceiver(() => new Response(), (host, received) =>
    withNotification(async (notification) => {
      await runWorker(notification.jobId, { env: { ...webhookTo(host), ...emailTo(host) } });
      assert.deepEqual(received.map(({ path }) => path), ["/hook/token"]);
    }, "info"));
});

test("delivery: a backup does not care whether anybody hears of it", async () => {
  await withReceiver(failing, (host, received) =>
    withWaitingBackup({ tables: ["roles"] }, async (id) => {
      await runWorker(id, { env: webhookTo(host) });
      await assertWhole(id);
      assert.ok(received.length >= 1);
      const [job] = await sql`
        select job.status, job.error from backup.jobs as job join backup.notifications using (notification_id)
        where details ->> 'backup_id' = ${id}`;
      assert.deepEqual([job.status, job.error.code], ["queued", "delivery_failed"]);
      await sql`delete from backup.notifications where details ->> 'backup_id' = ${id}`;
    }));
});

test("delivery: a test through the API, to where the environment says", async () => {
  await withReceiver(() => new Response(), (host, received) =>
    withHeldJobs("deliver", async () => {
      const { notification: { id } } = await json(
        call("POST", "/backups/notifications/test", { as: secret, body: {} }),
        202,
      );
      const [{ job_id }] = await sql`select job_id from backup.jobs where notification_id = ${id}`;
      const env = readEnv({
        ...Deno.env.toObject(),
        BACKUP_WEBHOOK_URL: `http://${host}/hook`,
        BACKUP_WEBHOOK_ALLOWED_HOSTS: host,
        RESEND_API_KEY: "re_key",
        RESEND_API_URL: `http://${host}`,
        BACKUP_EMAIL_TO: "admin@alumni.example",
        BACKUP_EMAIL_FROM: "backups@alumni.example",
      });
      await runWorker(job_id, { env });
      assert.deepEqual(received.map(({ path }) => path), ["/hook", "/emails"]);
      assert.deepEqual((await deliveriesOf(id)).map(({ outcome }) => outcome), ["sent", "sent"]);
      await sql`delete from backup.notifications where notification_id = ${id}`;
    }));
});
