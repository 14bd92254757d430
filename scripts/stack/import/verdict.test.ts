import { deepStrictEqual as equal, ok } from "node:assert";
import { clearing, judge, type Known, subjectOf } from "./verdict.ts";

const known: Known = {
  settings: new Set(["statement_timeout", "row_security"]),
  roles: new Set(["postgres", "anon", "authenticated", "service_role"]),
  userColumns: new Map([["id", "uuid"], ["email", "text"]]),
  hasThisSystem: false,
};

const isKept = (sql: string) => "keep" in judge(sql, known) && !("roles" in judge(sql, known));
const isSkipped = (sql: string) => "skip" in judge(sql, known);

Deno.test("dump: what belongs to the project is loaded as it is", () => {
  for (
    const sql of [
      "SET statement_timeout = 0;",
      "CREATE TABLE public.profiles (id uuid NOT NULL);",
      'CREATE TABLE public."Owner to; auth.users" (id integer);',
      "COPY public.profiles (id) FROM stdin;",
      "ALTER TABLE ONLY public.jobs ADD CONSTRAINT j FOREIGN KEY (p) REFERENCES public.profiles(id);",
      "CREATE TRIGGER t AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();",
      "GRANT ALL ON TABLE public.profiles TO anon;",
      "ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.profiles;",
      "-- a comment\nSELECT pg_catalog.setval('public.jobs_id_seq', 7, true);",
    ]
  ) {
    ok(isKept(sql), sql);
    equal(judge(sql, known), { keep: sql });
  }
});

Deno.test("dump: what belongs to the platform, or to another cluster, is left out", () => {
  for (
    const sql of [
      "SET transaction_timeout = 0;",
      "SET SESSION AUTHORIZATION 'someone';",
      "ALTER TABLE public.profiles OWNER TO alumni_owner;",
      "CREATE ROLE alumni_owner;",
      "CREATE SCHEMA auth;",
      "COMMENT ON EXTENSION pg_graphql IS 'x';",
      "CREATE TABLE auth.users (id uuid);",
      "COPY storage.objects (id) FROM stdin;",
      "CREATE INDEX i ON auth.users USING btree (id);",
      "CREATE POLICY p ON storage.objects FOR SELECT USING (true);",
      "SELECT pg_catalog.setval('auth.refresh_tokens_id_seq', 1, true);",
      "GRANT ALL ON TABLE public.profiles TO dashboard_user;",
      "GRANT USAGE ON SCHEMA auth TO anon;",
      "ALTER DEFAULT PRIVILEGES FOR ROLE supabase_admin IN SCHEMA public GRANT ALL ON TABLES TO postgres;",
      "CREATE PUBLICATION supabase_realtime WITH (publish = 'insert');",
      "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION extensions.f();",
      "CREATE TABLE backup.jobs (id uuid);",
      "COMMIT;",
    ]
  ) ok(isSkipped(sql), sql);
});

Deno.test("dump: extensions and roles of policies are prepared before the load", () => {
  equal(judge('CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;', known), {
    extension: "uuid-ossp",
    schema: "extensions",
  });
  const policy = 'CREATE POLICY "a ON b" ON public.t FOR SELECT TO authenticated, "Reporters" USING (true);';
  equal(judge(policy, known), { roles: ["Reporters"], keep: policy });
});

Deno.test("dump: schemas may be there already", () => {
  equal(judge("CREATE SCHEMA crm;", known), { keep: "CREATE SCHEMA IF NOT EXISTS crm;" });
});

Deno.test("dump: rows of auth.users come in whatever columns they have, without moving a line", () => {
  const verdict = judge("\nCOPY auth.users (instance_id, id, email) FROM stdin;", known);
  ok("keep" in verdict);
  equal(
    verdict.keep,
    "\nCREATE TEMP TABLE imported_users (instance_id text, id text, email text); " +
      "COPY pg_temp.imported_users (instance_id, id, email) FROM stdin;",
  );
});

Deno.test("dump: accounts that it lacks are stood in for before a foreign key asks for them", () => {
  const key =
    "ALTER TABLE ONLY public.profiles\n    ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE;";
  const verdict = judge(key, known);
  ok("keep" in verdict);
  ok(verdict.keep.endsWith(key));
  ok(verdict.keep.includes("INSERT INTO auth.users"));
  equal(verdict.keep.split("\n").length, key.split("\n").length);
});

Deno.test("dump: of a project that has this system, its table is left to the migrations", () => {
  equal(isKept("CREATE TABLE public.backups (id uuid);"), true);
  const verdict = judge("CREATE TABLE public.backups (id uuid);", { ...known, hasThisSystem: true });
  ok("skip" in verdict);
});

Deno.test("dump: names are found as the catalogue has them", () => {
  equal(subjectOf('ALTER TABLE ONLY public."User" ADD COLUMN a text;'), { schema: "public", name: "User" });
  equal(subjectOf("CREATE INDEX i ON Public.Jobs USING btree (id);"), { schema: "public", name: "jobs" });
  equal(subjectOf("SELECT 1;"), undefined);
  ok(clearing.test("DROP TABLE public.t;"));
  ok(clearing.test("ALTER TABLE ONLY public.t DROP CONSTRAINT c;"));
  ok(!clearing.test("CREATE TABLE public.t ();"));
});
