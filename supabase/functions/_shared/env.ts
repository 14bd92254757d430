import { z } from "zod";
import { logLevels } from "./logger.ts";

/**
 * What the functions are told by their surroundings, parsed once per process.
 * The hosted platform provides the SUPABASE_… variables; the BACKUP_… ones are
 * secrets that the project's owner sets.
 */
export interface Env {
  supabaseUrl: string;
  /** The origin people reach; differs from `supabaseUrl` when self-hosted. */
  publicUrl: string;
  databaseUrl: string;
  publishableKeys: Record<string, string>;
  secretKeys: Record<string, string>;
  /** Where the keys that sign people's sessions are found. */
  jwks: { keys: Record<string, unknown>[] } | URL;
  /** Raw lists: parsed by age.ts where they are needed. */
  ageRecipients: string;
  ageIdentities: string;
  /** Where notifications go; null where nobody has said so. */
  webhook: Webhook | null;
  email: Email;
  logLevel: typeof logLevels[number];
}

export interface Webhook {
  url: URL;
  /** Signs what is sent: `whsec_…` as Standard Webhooks has it, or any text; empty: nothing is signed. */
  secret: string;
  /** `host` or `host:port`: may be within the private network. */
  allowedHosts: string[];
}

/** Sent through Resend's API, once all of it is known. */
export interface Email {
  apiKey: string;
  apiUrl: string;
  to: string[];
  from: string;
}

/** The environment is unusable; the message names every variable at fault. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

export function readEnv(source: Record<string, string | undefined>): Env {
  // An empty variable is how many tools spell an absent one.
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value?.trim()),
  );
  const parsed = variables.safeParse(present);
  if (!parsed.success) throw new EnvError(describe(parsed.error));

  const given = parsed.data;
  const publicUrl = given.SUPABASE_PUBLIC_URL ?? given.SUPABASE_URL;
  return {
    supabaseUrl: given.SUPABASE_URL,
    publicUrl,
    databaseUrl: given.SUPABASE_DB_URL,
    publishableKeys: given.SUPABASE_PUBLISHABLE_KEYS ??
      named(given.SUPABASE_PUBLISHABLE_KEY),
    secretKeys: given.SUPABASE_SECRET_KEYS ?? named(given.SUPABASE_SECRET_KEY),
    jwks: given.SUPABASE_JWKS ?? given.SUPABASE_JWKS_URL ??
      new URL(`${publicUrl}/auth/v1/.well-known/jwks.json`),
    ageRecipients: given.BACKUP_AGE_RECIPIENTS ?? "",
    ageIdentities: given.BACKUP_AGE_IDENTITY ?? "",
    webhook: given.BACKUP_WEBHOOK_URL
      ? {
        url: given.BACKUP_WEBHOOK_URL,
        secret: given.BACKUP_WEBHOOK_SECRET ?? "",
        allowedHosts: given.BACKUP_WEBHOOK_ALLOWED_HOSTS ?? [],
      }
      : null,
    email: {
      // Many a project has it for other mail: by itself it asks for nothing.
      apiKey: given.RESEND_API_KEY ?? "",
      apiUrl: given.RESEND_API_URL,
      to: given.BACKUP_EMAIL_TO ?? [],
      from: given.BACKUP_EMAIL_FROM ?? "",
    },
    logLevel: given.LOG_LEVEL,
  };
}

const httpUrl = z.url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ""));

const list = z.string().transform((text) =>
  text.split(",").map((entry) => entry.trim()).filter((entry) => entry !== "")
);

/** An address, or `Name <address>` as mail programs write it. */
const sender = z.string().refine(
  (text) => z.email().safeParse(/^[^<>]*<([^<>]+)>$/.exec(text)?.[1] ?? text).success,
  "is no e-mail address",
);

const host = z.string().toLowerCase().regex(
  /^(\[[0-9a-f:.]+\]|[^\s/:@]+)(:\d{1,5})?$/,
  "is no list of host or host:port",
);

/** `{"default": "sb_…", "cron": "sb_…"}`, as the platform writes it. */
const keyMap = json(
  z.record(z.string(), z.string().min(1)).refine(
    (keys) => Object.keys(keys).length > 0,
    "has no key",
  ),
);

const jwk = z.record(z.string(), z.unknown());
const keySet = json(z.union([
  z.object({ keys: z.array(jwk) }),
  z.array(jwk).transform((keys) => ({ keys })),
]));

const variables = z.object({
  SUPABASE_URL: httpUrl,
  SUPABASE_PUBLIC_URL: httpUrl.optional(),
  SUPABASE_DB_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  SUPABASE_PUBLISHABLE_KEYS: keyMap.optional(),
  SUPABASE_PUBLISHABLE_KEY: z.string().optional(),
  SUPABASE_SECRET_KEYS: keyMap.optional(),
  SUPABASE_SECRET_KEY: z.string().optional(),
  SUPABASE_JWKS: keySet.optional(),
  SUPABASE_JWKS_URL: httpUrl.transform((url) => new URL(url)).optional(),
  BACKUP_AGE_RECIPIENTS: z.string().optional(),
  BACKUP_AGE_IDENTITY: z.string().optional(),
  BACKUP_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url)).optional(),
  BACKUP_WEBHOOK_SECRET: z.string().trim()
    .regex(/^(?!whsec_)|^whsec_(?:[\w+/-]{4})*(?:[\w+/-]{2}==|[\w+/-]{3}=)?$/, "is not base64 behind whsec_")
    .optional(),
  BACKUP_WEBHOOK_ALLOWED_HOSTS: list.pipe(z.array(host)).optional(),
  RESEND_API_KEY: z.string().trim().optional(),
  RESEND_API_URL: httpUrl.default("https://api.resend.com"),
  BACKUP_EMAIL_TO: list.pipe(z.array(z.email())).optional(),
  BACKUP_EMAIL_FROM: sender.optional(),
  LOG_LEVEL: z.enum(logLevels).default("info"),
}).refine(
  (given) => given.SUPABASE_SECRET_KEYS ?? given.SUPABASE_SECRET_KEY,
  {
    path: ["SUPABASE_SECRET_KEYS"],
    message: "is required (or SUPABASE_SECRET_KEY)",
  },
);

function json<Schema extends z.ZodType>(schema: Schema) {
  return z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is not JSON" });
      return z.NEVER;
    }
  }).pipe(schema);
}

function named(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { default: key };
}

/** Names, never values: half of these variables are secrets. */
function describe(error: z.ZodError): string {
  const faults = error.issues.map((issue) => {
    const required = issue.code === "invalid_type" && issue.input === undefined;
    return `${String(issue.path[0])} ${required ? "is required" : issue.message}`;
  });
  return `the functions' environment is not usable: ${faults.join("; ")}`;
}
