import { verifyAuth } from "@supabase/server/core";
import { anonymousCaller, type Caller } from "./caller.ts";
import type { Env } from "./env.ts";
import { AppError } from "./errors.ts";

export type AuthEnv = Pick<
  Env,
  "supabaseUrl" | "publishableKeys" | "secretKeys" | "jwks"
>;

/**
 * Who calls: a signed-in person (token in `Authorization`) or a secret key (in
 * `apikey`). Whether they may do what they ask is decided in SQL.
 *
 * The token comes first: a browser sends a publishable key in `apikey` beside
 * it, and a token that is there but not valid is refused, whatever else came
 * along. Secret keys of every name are accepted, so that cron and each operator
 * can have one of their own.
 */
export async function authenticate(
  request: Request,
  env: AuthEnv,
  requestId: string,
): Promise<Caller> {
  const { data, error } = await verifyAuth(request, {
    auth: ["user", "secret:*"],
    env: {
      url: env.supabaseUrl,
      publishableKeys: env.publishableKeys,
      secretKeys: env.secretKeys,
      jwks: env.jwks,
    },
  });
  if (error) throw refusal(error);

  const caller = anonymousCaller(request, requestId);
  if (data.authMode === "secret") {
    return { ...caller, claims: serviceClaims(data.keyName) };
  }
  const claims = data.jwtClaims;
  // A person's token never stands in for a secret key, whoever minted it.
  if (!claims || claims.role === "service_role") {
    throw new AppError(
      "unauthenticated",
      "This token does not belong to a person.",
      { hint: "Send a secret key in the apikey header instead." },
    );
  }
  return { ...caller, claims: { ...claims } };
}

/** Which of the keys it was goes into the audit log. */
function serviceClaims(keyName: string | null | undefined) {
  return { role: "service_role", key_name: keyName ?? "default" };
}

function refusal(error: { status: number; message: string; code: string }) {
  if (error.status >= 500) {
    // The keys to check with could not be had: not the caller's fault.
    return new AppError("auth_unavailable", "Sign-ins cannot be checked now.", {
      hint: "Try again in a moment.",
      cause: error,
    });
  }
  const reasons: Record<string, string> = {
    MISSING_CREDENTIALS: "No credential was sent.",
    INVALID_JWT: "The token is not valid or has expired.",
    INVALID_API_KEY: "The API key is not a secret key of this project.",
  };
  return new AppError(
    "unauthenticated",
    reasons[error.code] ?? "The credential cannot be used here.",
    {
      hint: "Send a signed-in person's token as Authorization: Bearer …, or a " +
        "secret key as apikey.",
      cause: error,
    },
  );
}
