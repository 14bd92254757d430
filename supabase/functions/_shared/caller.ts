import type { Env } from "./env.ts";

/** On whose behalf, and from where, SQL is called. */
export interface Caller {
  /**
   * The claims as PostgREST would set them: of a person's verified token, or
   * `{"role": "service_role", "key_name": …}` for a secret key.
   */
  claims: Record<string, unknown>;
  ip: string | null;
  userAgent: string | null;
  requestId: string;
}

/** A function acting for itself; the audit log knows it by this name. */
export function serviceCaller(name: string, requestId: string): Caller {
  return {
    claims: { role: "service_role", key_name: name },
    ip: null,
    userAgent: null,
    requestId,
  };
}

/** Somebody without a credential: only a download link can help them. */
export function anonymousCaller(request: Request, requestId: string): Caller {
  return {
    claims: { role: "anon" },
    ip: clientIp(request.headers),
    userAgent: request.headers.get("user-agent")?.slice(0, 500) ?? null,
    requestId,
  };
}

/** A secret key to act with: `default`, or else whichever comes first. */
export function secretKey(env: Pick<Env, "secretKeys">): string {
  return env.secretKeys.default ?? Object.values(env.secretKeys)[0];
}

/**
 * The hosted platform's edge names the client in `cf-connecting-ip`, whatever the client says there; elsewhere the
 * gateway's `x-forwarded-for` must do. The audit log keeps it: what is no address is dropped.
 */
function clientIp(headers: Headers): string | null {
  const candidate = headers.get("cf-connecting-ip") ??
    headers.get("x-forwarded-for")?.split(",")[0];
  const address = candidate?.trim() ?? "";
  return ipv4.test(address) || isIpv6(address) ? address : null;
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

function isIpv6(address: string): boolean {
  return address.includes(":") && URL.canParse(`http://[${address}]`);
}
