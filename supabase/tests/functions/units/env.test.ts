import assert from "node:assert/strict";
import { EnvError, readEnv } from "../../../functions/_shared/env.ts";

const least = {
  SUPABASE_URL: "https://x.supabase.co/",
  SUPABASE_DB_URL: "postgresql://postgres:pw@db.x.supabase.co:5432/postgres",
  SUPABASE_SECRET_KEYS: '{"default": "sb_secret_a", "cron": "sb_secret_b"}',
};

Deno.test("env: what the hosted platform gives is enough", () => {
  const env = readEnv(least);
  assert.equal(env.supabaseUrl, "https://x.supabase.co");
  assert.equal(env.publicUrl, "https://x.supabase.co");
  assert.deepEqual(env.secretKeys, { default: "sb_secret_a", cron: "sb_secret_b" });
  assert.equal(String(env.jwks), "https://x.supabase.co/auth/v1/.well-known/jwks.json");
  assert.equal(env.logLevel, "info");
  assert.equal(env.ageIdentities, "");
});

Deno.test("env: single keys, inline key sets and another public address", () => {
  const { SUPABASE_SECRET_KEYS: _, ...rest } = least;
  const env = readEnv({
    ...rest,
    SUPABASE_SECRET_KEY: "sb_secret_c",
    SUPABASE_PUBLISHABLE_KEY: "sb_publishable_c",
    SUPABASE_PUBLIC_URL: "https://backup.example",
    SUPABASE_JWKS: '[{"kty": "oct"}]',
    LOG_LEVEL: "  ",
  });
  assert.deepEqual(env.secretKeys, { default: "sb_secret_c" });
  assert.deepEqual(env.publishableKeys, { default: "sb_publishable_c" });
  assert.deepEqual(env.jwks, { keys: [{ kty: "oct" }] });
  assert.equal(env.publicUrl, "https://backup.example");
  assert.equal(env.logLevel, "info", "an empty variable is an absent one");
});

Deno.test("env: what is wrong is named, and no value is shown", () => {
  const bad = {
    SUPABASE_URL: "not a url",
    SUPABASE_SECRET_KEYS: "sb_secret_in_the_wrong_form",
    LOG_LEVEL: "loud",
  };
  assert.throws(() => readEnv(bad), (error) => {
    assert.ok(error instanceof EnvError);
    for (const name of [...Object.keys(bad), "SUPABASE_DB_URL"]) {
      assert.ok(error.message.includes(name), name);
    }
    assert.match(error.message, /SUPABASE_DB_URL is required/);
    assert.ok(!error.message.includes("wrong_form"));
    return true;
  });
  assert.throws(() => readEnv({ ...least, SUPABASE_SECRET_KEYS: "{}" }), /SUPABASE_SECRET_KEYS has no key/);
  const { SUPABASE_SECRET_KEYS: _, ...none } = least;
  assert.throws(() => readEnv(none), /SUPABASE_SECRET_KEYS is required/);
});
