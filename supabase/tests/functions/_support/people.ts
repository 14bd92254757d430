import assert from "node:assert/strict";
import type { Credential } from "./api.ts";
import { sql, stack } from "./stack.ts";

export interface Person {
  id: string;
  email: string;
  password: string;
  token: string;
  /** As a browser sends it: the session, and the publishable key beside it. */
  credential: Credential;
}

/** A seeded person signs in. */
export async function signIn(email: string, password = stack.password): Promise<Person> {
  const session = await auth("token?grant_type=password", { email, password });
  return person(session, email, password);
}

/** Somebody new with this role, or without even a profile; gone again after the work. */
export async function withPerson(
  role: "admin" | "super_admin" | "alumni" | null,
  work: (person: Person) => Promise<void>,
): Promise<void> {
  const email = `${crypto.randomUUID()}@alumni.test`;
  const password = crypto.randomUUID();
  const somebody = person(await auth("signup", { email, password }), email, password);
  try {
    if (role) await giveRole(somebody, role);
    await work(somebody);
  } finally {
    await sql`delete from backup.rate_limit_hits where actor_id = ${somebody.id}`;
    await sql`delete from public.profiles where id = ${somebody.id}`;
    await sql`delete from auth.users where id = ${somebody.id}`;
  }
}

async function giveRole({ id, email }: Person, role: string): Promise<void> {
  await sql`insert into public.profiles (id, first_name, last_name, email) values (${id}, 'Test', 'Person', ${email})`;
  const given = await sql`
    insert into public.user_roles (profile_id, role_id) select ${id}, id from public.roles where name = ${role} returning 1`;
  assert.equal(given.length, 1, `there is a role ${role}`);
}

interface Session {
  access_token: string;
  user: { id: string };
}

function person(session: Session, email: string, password: string): Person {
  const token = session.access_token;
  return {
    id: session.user.id,
    email,
    password,
    token,
    credential: { authorization: `Bearer ${token}`, apikey: stack.publishableKey },
  };
}

async function auth(path: string, body: Record<string, string>): Promise<Session> {
  const response = await fetch(`${stack.apiUrl}/auth/v1/${path}`, {
    method: "POST",
    headers: { apikey: stack.publishableKey, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const session = await response.json();
  assert.ok(response.ok, JSON.stringify(session));
  return session;
}
