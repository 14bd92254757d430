import { Failure } from "./failure.ts";
import type { Ports } from "./profile.ts";
import type { Secrets } from "./secrets.ts";

/** The people that seed.sql signs up. */
export const people = {
  admin: "admin@alumni.test",
  super: "super@alumni.test",
  member: "member@alumni.test",
} as const;

export type Person = keyof typeof people;

/** They share one password. It is worth nothing: it opens only a stack that listens on loopback. */
export const password = "alumni-admin-2026";

export interface Project {
  ports: Ports;
  secrets: Secrets;
}

export const apiUrl = (ports: Ports) => `http://127.0.0.1:${ports.gateway}`;

/** Signs a person in through the Auth API and returns the headers of a call in their name. */
export async function signIn({ ports, secrets }: Project, email: string): Promise<Record<string, string>> {
  const response = await fetch(`${apiUrl(ports)}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { apikey: secrets.publishableKey, "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const body = await response.json();
  if (!response.ok) {
    throw new Failure(`${email} cannot sign in: ${body.msg ?? body.message ?? response.statusText}`);
  }
  return { apikey: secrets.publishableKey, authorization: `Bearer ${body.access_token}` };
}

export const asSecret = ({ secrets }: Project): Record<string, string> => ({ apikey: secrets.secretKey });
