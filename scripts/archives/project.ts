import { createLogger } from "../../supabase/functions/_shared/logger.ts";
import { type Bucket, createBucket } from "../../supabase/functions/_shared/storage.ts";
import { Failure } from "../stack/failure.ts";
import { apiUrl } from "../stack/people.ts";
import { runningProject } from "../stack/running.ts";
import { isId } from "./manifest.ts";

/** A project as seen from outside: its bucket, and its catalogue as far as that answers. */
export interface Project {
  url: string;
  bucket: Bucket;
  /** The archives in the bucket: folders with a manifest. */
  archives(): Promise<string[]>;
  /** The sha256 of the manifest that the catalogue knows; undefined when it knows none, or does not answer. */
  manifestSha256(id: string): Promise<string | undefined>;
}

/** Any project, by its address and a secret key in the environment; without an address the local stack. */
export async function openProject(address?: string): Promise<Project> {
  const { url, key } = address === undefined
    ? await local()
    : { url: originOf(address), key: keyOfEnvironment() };
  const bucket = createBucket({
    env: { supabaseUrl: url, publicUrl: url, secretKeys: { default: key } },
    log: createLogger({ level: "silent" }),
    // A part may be large and the line home slow.
    timeoutMs: 5 * 60_000,
  });
  return {
    url,
    bucket,
    archives: async () => {
      const ids: string[] = [];
      for await (const page of bucket.everything()) {
        const manifests = page.map(({ path }) => path.split("/")).filter(([, name]) =>
          name === "manifest.json"
        );
        ids.push(...manifests.map(([id]) => id).filter(isId));
      }
      return ids;
    },
    manifestSha256: catalogue(url, key),
  };
}

/** Copies are needed most when the rest of the project does not answer: then it is asked once, and not for long. */
function catalogue(url: string, key: string): Project["manifestSha256"] {
  let isSilent = false;
  return async (id) => {
    if (isSilent) return undefined;
    try {
      const response = await fetch(`${url}/functions/v1/backups/${id}`, {
        headers: { apikey: key },
        signal: AbortSignal.timeout(15_000),
      });
      return (await response.json()).backup?.manifest_sha256 ?? undefined;
    } catch {
      isSilent = true;
      return undefined;
    }
  };
}

async function local() {
  const { ports, secrets } = await runningProject();
  return { url: apiUrl(ports), key: secrets.secretKey };
}

function originOf(address: string): string {
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Failure(`--url ${address}: an address is meant, as https://<ref>.supabase.co.`);
}

/** Never an argument: everybody on the machine sees those. */
function keyOfEnvironment(): string {
  const key = Deno.env.get("BACKUP_SECRET_KEY")?.trim();
  if (key) return key;
  throw new Failure(
    "With --url, the environment variable BACKUP_SECRET_KEY has to hold a secret key of the project.",
    {
      hint: "read -rs BACKUP_SECRET_KEY && export BACKUP_SECRET_KEY keeps it out of the shell's history.",
    },
  );
}
