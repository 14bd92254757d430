import assert from "node:assert/strict";
import { Webhook as Verifier } from "standardwebhooks";
import type { DueNotification } from "../../../functions/_shared/answers.ts";
import { type Env, readEnv } from "../../../functions/_shared/env.ts";
import { sendEmail } from "../../../functions/backup-worker/notify/email.ts";
import { sendWebhook } from "../../../functions/backup-worker/notify/webhook.ts";
import { type Received, withReceiver } from "../_support/receiver.ts";

const notification: DueNotification = {
  id: 7,
  kind: "backup_failed",
  severity: "error",
  message: "The backup failed:\n<!channel> R&D",
  details: { code: "storage_refused" },
  created_at: "2026-11-22T20:00:00.000Z",
};

/** The environment of a function that sends to a receiver on this machine. */
async function withEnv(
  answer: () => Response | Promise<Response>,
  work: (env: Env, received: Received[]) => Promise<void>,
  variables: Record<string, string> = {},
): Promise<void> {
  await withReceiver(answer, (host, received) =>
    work(
      readEnv({
        SUPABASE_URL: "https://x.supabase.co",
        SUPABASE_DB_URL: "postgres://x@127.0.0.1/x",
        SUPABASE_SECRET_KEY: "sb_secret_a",
        BACKUP_WEBHOOK_URL: `http://${host}/T0/token`,
        BACKUP_WEBHOOK_ALLOWED_HOSTS: host,
        RESEND_API_KEY: "re_key",
        RESEND_API_URL: `http://${host}`,
        BACKUP_EMAIL_TO: "a@alumni.example,b@alumni.example",
        BACKUP_EMAIL_FROM: "Backups <backups@alumni.example>",
        ...variables,
      }),
      received,
    ));
}

const sending = (env: Env, signal = new AbortController().signal, timeoutMs = 10_000) => ({
  env,
  notification,
  clock: () => new Date(),
  signal,
  timeoutMs,
});
const accepted = () => new Response("ok");

for (const secret of ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "any text will do"]) {
  Deno.test(`webhook: signed so that a receiver can verify it (${secret.slice(0, 5)}…)`, async () => {
    await withEnv(accepted, async (env, received) => {
      assert.deepEqual(await sendWebhook(sending(env)), { outcome: "sent", error: null });
      const [{ body, headers }] = received;
      const verifier = new Verifier(secret, secret.startsWith("whsec_") ? {} : { format: "raw" });
      assert.deepEqual(verifier.verify(body, headers), JSON.parse(body));
      assert.throws(() => verifier.verify(body.replace("failed", "worked"), headers));
      assert.throws(() => verifier.verify(body, { ...headers, "webhook-id": "another" }));
    }, { BACKUP_WEBHOOK_SECRET: secret });
  });
}

Deno.test("webhook: all that is to be known, and one line that calls nobody", async () => {
  await withEnv(accepted, async (env, received) => {
    await sendWebhook(sending(env));
    const [{ path, headers, body }] = received;
    assert.equal(path, "/T0/token");
    assert.equal(headers["webhook-id"], "x.supabase.co/7");
    assert.equal(headers["webhook-signature"], undefined, "without a secret");
    const { message, ...rest } = notification;
    assert.deepEqual(JSON.parse(body), {
      text: "Error: The backup failed: &lt;!channel&gt; R&amp;D (x.supabase.co)",
      message,
      ...rest,
      project: "https://x.supabase.co",
    });
  });
});

const failures: Record<string, { answer: () => Response | Promise<Response>; says: RegExp }> = {
  "500": { answer: () => new Response("no", { status: 500 }), says: /^127\.0\.0\.1:\d+ answered 500\.$/ },
  "410": { answer: () => new Response("no", { status: 410 }), says: /answered 410/ },
  "a redirect": { answer: () => Response.redirect("http://169.254.169.254/"), says: /answered 302/ },
};

for (const [name, { answer, says }] of Object.entries(failures)) {
  Deno.test(`webhook: ${name} is a failure, which tells the host and no more`, async () => {
    await withEnv(answer, async (env, received) => {
      const { outcome, error } = await sendWebhook(sending(env));
      assert.equal(outcome, "failed");
      assert.equal(error?.code, "delivery_failed");
      assert.match(error?.message ?? "", says);
      assertTellsNothing(error);
      assert.equal(received.length, 1, "not followed");
    });
  });
}

Deno.test("webhook: an answer without an end is not waited for", async () => {
  const endless = () =>
    new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65536)) }));
  await withEnv(endless, async (env) => {
    assert.equal((await sendWebhook(sending(env))).outcome, "sent");
  });
});

Deno.test("webhook: nobody there", async () => {
  await withEnv(accepted, async (env) => {
    env.webhook!.url.port = "1";
    env.webhook!.allowedHosts = ["127.0.0.1"];
    const { outcome, error } = await sendWebhook(sending(env));
    assert.equal(outcome, "failed");
    assert.match(error?.message ?? "", /could not be reached/);
    assertTellsNothing(error);
  });
});

Deno.test("webhook: a name that nobody knows", async () => {
  await withEnv(accepted, async (env, received) => {
    env.webhook!.url.hostname = "hooks.example";
    const { outcome, error } = await sendWebhook(sending(env), () => Promise.reject(new Error("ENOTFOUND")));
    assert.equal(outcome, "failed");
    assert.match(error?.message ?? "", /not known/);
    assert.equal(received.length, 0);
  });
});

Deno.test("webhook: one that is not public is refused, with a way out", async () => {
  await withEnv(accepted, async (env, received) => {
    const { outcome, error } = await sendWebhook(sending(env));
    assert.equal(outcome, "refused");
    assert.equal(error?.code, "webhook_refused");
    assert.match(error?.hint ?? "", /127\.0\.0\.1:\d+ into the secret BACKUP_WEBHOOK_ALLOWED_HOSTS/);
    assertTellsNothing(error);
    assert.equal(received.length, 0);
  }, { BACKUP_WEBHOOK_ALLOWED_HOSTS: "127.0.0.1:1" });
});

Deno.test("webhook: not configured", async () => {
  await withEnv(accepted, async (env) => {
    assert.deepEqual(await sendWebhook(sending({ ...env, webhook: null })), {
      outcome: "not_configured",
      error: null,
    });
  });
});

Deno.test("webhook: a receiver that hangs is not waited for", async () => {
  const silence = Promise.withResolvers<Response>();
  await withEnv(() => silence.promise, async (env) => {
    const { outcome, error } = await sendWebhook(sending(env, undefined, 50));
    assert.equal(outcome, "failed");
    assert.match(error?.message ?? "", /did not answer within 0\.05 s/);
    silence.resolve(accepted());
  });
});

Deno.test("webhook: whoever lost the job stops waiting", async () => {
  const silence = Promise.withResolvers<Response>();
  await withEnv(() => silence.promise, async (env) => {
    const losing = new AbortController();
    const sent = sendWebhook(sending(env, losing.signal));
    setTimeout(() => losing.abort(), 50);
    assert.equal((await sent).outcome, "failed");
    silence.resolve(accepted());
  });
});

Deno.test("e-mail: as the provider wants it, once however often it is tried", async () => {
  await withEnv(accepted, async (env, received) => {
    assert.deepEqual(await sendEmail(sending(env)), { outcome: "sent", error: null });
    const [{ path, headers, body }] = received;
    assert.equal(path, "/emails");
    assert.equal(headers.authorization, "Bearer re_key");
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["idempotency-key"], "x.supabase.co/7/2026-11-22T20:00:00.000Z");
    const { from, to, subject, text } = JSON.parse(body);
    assert.equal(from, "Backups <backups@alumni.example>");
    assert.deepEqual(to, ["a@alumni.example", "b@alumni.example"]);
    assert.equal(subject, "Error: The backup failed: <!channel> R&D (x.supabase.co)");
    assert.match(text, /storage_refused/);
  });
});

Deno.test("e-mail: half configured says what is missing, not configured says nothing", async () => {
  await withEnv(accepted, async (env, received) => {
    const half = await sendEmail(sending(env));
    assert.equal(half.outcome, "refused");
    assert.match(half.error?.message ?? "", /RESEND_API_KEY and BACKUP_EMAIL_FROM/);
    env.email.to = [];
    assert.deepEqual(await sendEmail(sending(env)), { outcome: "not_configured", error: null });
    assert.equal(received.length, 0);
  }, { RESEND_API_KEY: "", BACKUP_EMAIL_FROM: "" });
});

/** The path of an address can be a secret; the error may be stored and logged. */
function assertTellsNothing(error: unknown): void {
  const { message, hint, members, cause } = error as {
    message: string;
    hint: string;
    members: unknown;
    cause: unknown;
  };
  assert.doesNotMatch(JSON.stringify([message, hint, members]), /token/);
  assert.equal(cause, undefined);
}
