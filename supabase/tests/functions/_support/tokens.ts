import { SignJWT } from "jose";
import { variable } from "./stack.ts";

interface Key {
  kid: string;
  k: string;
}

/** Signed with the project's own key, so that only what the claims say can be wrong with it. */
export function signedToken(claims: Record<string, unknown>): Promise<string> {
  const [key] = projectKeys();
  return token(claims, key.kid, fromBase64Url(key.k));
}

/** As good as the real thing, but for the signature. */
export function forgedToken(claims: Record<string, unknown>): Promise<string> {
  return token(claims, projectKeys()[0].kid, crypto.getRandomValues(new Uint8Array(48)));
}

/** "I need no signature": RFC 7519 calls it an unsecured JWT. */
export function unsignedToken(claims: Record<string, unknown>): string {
  const parts = [{ alg: "none", typ: "JWT", kid: projectKeys()[0].kid }, { ...lifetime(), ...claims }];
  return parts.map((part) => toBase64Url(JSON.stringify(part))).join(".") + ".";
}

function token(claims: Record<string, unknown>, kid: string, key: Uint8Array): Promise<string> {
  return new SignJWT({ ...lifetime(), ...claims })
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid })
    .sign(key);
}

function lifetime() {
  const now = Math.floor(Date.now() / 1000);
  return { aud: "authenticated", role: "authenticated", iat: now, exp: now + 600 };
}

function projectKeys(): Key[] {
  return JSON.parse(variable("SUPABASE_JWKS")).keys;
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function toBase64Url(text: string): string {
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
