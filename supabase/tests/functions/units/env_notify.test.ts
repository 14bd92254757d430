import assert from "node:assert/strict";
import { EnvError, readEnv } from "../../../functions/_shared/env.ts";

const least = {
  SUPABASE_URL: "https://x.supabase.co",
  SUPABASE_DB_URL: "postgresql://postgres:pw@db.x.supabase.co:5432/postgres",
  SUPABASE_SECRET_KEYS: '{"default": "sb_secret_a"}',
};

Deno.test("env: notifications go nowhere unless somebody says where to", () => {
  const { webhook, email } = readEnv(least);
  assert.equal(webhook, null);
  assert.deepEqual(email, { apiKey: "", apiUrl: "https://api.resend.com", to: [], from: "" });
  // Many a project has it for its other mail.
  assert.deepEqual(readEnv({ ...least, RESEND_API_KEY: "re_x" }).email.to, []);
});

Deno.test("env: a webhook and e-mail", () => {
  const { webhook, email } = readEnv({
    ...least,
    BACKUP_WEBHOOK_URL: "https://hooks.example/T0/B0?x=1",
    BACKUP_WEBHOOK_SECRET: "any text",
    BACKUP_WEBHOOK_ALLOWED_HOSTS: "Intranet.example:8443, 10.0.0.7 ,[fd00::1]:80",
    RESEND_API_KEY: "re_x",
    RESEND_API_URL: "http://127.0.0.1:99/",
    BACKUP_EMAIL_TO: "a@alumni.example, b@alumni.example",
    BACKUP_EMAIL_FROM: "Backups <backups@alumni.example>",
  });
  assert.equal(webhook?.url.href, "https://hooks.example/T0/B0?x=1");
  assert.deepEqual(webhook?.allowedHosts, ["intranet.example:8443", "10.0.0.7", "[fd00::1]:80"]);
  assert.equal(webhook?.secret, "any text");
  assert.deepEqual(email, {
    apiKey: "re_x",
    apiUrl: "http://127.0.0.1:99",
    to: ["a@alumni.example", "b@alumni.example"],
    from: "Backups <backups@alumni.example>",
  });
});

const bad: Record<string, string[]> = {
  BACKUP_WEBHOOK_URL: ["ftp://hooks.example/secret", "secret", "file:///etc/passwd"],
  BACKUP_WEBHOOK_SECRET: ["whsec_no secret", "whsec_abcde"],
  BACKUP_WEBHOOK_ALLOWED_HOSTS: ["https://secret.example", "a b"],
  RESEND_API_URL: ["secret"],
  BACKUP_EMAIL_TO: ["a@alumni.example, secret"],
  BACKUP_EMAIL_FROM: ["secret", "Backups <secret>"],
};

Deno.test("env: where they go is said well or not at all, and no value is shown", () => {
  for (const [name, values] of Object.entries(bad)) {
    for (const value of values) {
      assert.throws(() => readEnv({ ...least, [name]: value }), (error) => {
        assert.ok(error instanceof EnvError);
        assert.ok(error.message.includes(name), error.message);
        assert.doesNotMatch(error.message.replaceAll(name, ""), /secret/i);
        return true;
      });
    }
  }
});
