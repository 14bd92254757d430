import { createClient } from "@supabase/supabase-js";
import pRetry, { AbortError } from "p-retry";
import type { Bytes } from "./bytes.ts";
import { secretKey } from "./caller.ts";
import type { Env } from "./env.ts";
import { AppError } from "./errors.ts";
import type { Logger } from "./logger.ts";

/** Made, and kept private, by the migrations. */
const bucketName = "backups";

/**
 * The private bucket. Every call is tried again with growing pauses while the
 * failure may pass (no answer, 408, 429, 5xx) and not when it cannot (a refusal,
 * 413, no space). That what arrived is what was sent is for the caller to prove:
 * by size and sha256.
 */
export interface Bucket {
  /** Creates or replaces: a retry must not fail on what the first try stored. */
  upload(path: string, bytes: Bytes, contentType?: string): Promise<void>;
  /** Creates, and never replaces: what is there already stays, and whether it is the same is for the caller to prove. */
  create(path: string, bytes: Bytes, contentType: string): Promise<void>;
  /** `part_missing` when there is no such object. */
  download(path: string): Promise<Bytes>;
  /** An object that is gone already is no error. */
  remove(paths: string[]): Promise<void>;
  /** Every object directly within a folder. */
  list(folder: string): Promise<StoredObject[]>;
  /** Every object of the whole bucket, in pages. */
  everything(): AsyncIterable<StoredObject[]>;
  /** URLs that work without a credential, in the order of the paths. */
  signedUrls(paths: string[], expiresInSeconds: number): Promise<string[]>;
  /**
   * The same bucket until the signal is aborted: then every call ends at once, with the signal's reason. The signal
   * is asked for before each request, for those that only notice then.
   */
  until(ending: { readonly signal: AbortSignal }): Bucket;
}

export interface StoredObject {
  path: string;
  size: number;
}

export interface BucketOptions {
  env: Pick<Env, "supabaseUrl" | "publicUrl" | "secretKeys">;
  log: Logger;
  fetch?: typeof fetch;
  /** Tries after the first one. */
  retries?: number;
  /** The first pause; each further one is twice as long. */
  minPauseMs?: number;
  /** For one try, the body included. */
  timeoutMs?: number;
  /** Ends every call when its signal is aborted. */
  ending?: { readonly signal: AbortSignal };
}

export function createBucket(options: BucketOptions): Bucket {
  const { env, log, retries = 4, minPauseMs = 250, timeoutMs = 30_000, ending } = options;
  const baseFetch = options.fetch ?? fetch;
  const timedFetch: typeof fetch = (input, init) => {
    ending?.signal.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = ending ? AbortSignal.any([ending.signal, timeout]) : timeout;
    return baseFetch(input, { ...init, signal });
  };
  const bucket = createClient(env.supabaseUrl, secretKey(env), {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: { fetch: timedFetch },
  }).storage.from(bucketName);

  async function attempt<T>(operation: string, work: () => Promise<T>, path?: string): Promise<T> {
    try {
      return await pRetry(async () => {
        try {
          return await work();
        } catch (error) {
          const failure = classify(error);
          if (!failure.mayPass || ending?.signal.aborted) throw new AbortError(failure);
          throw failure;
        }
      }, {
        retries,
        minTimeout: minPauseMs,
        maxTimeout: 10_000,
        factor: 2,
        randomize: true,
        signal: ending?.signal,
        onFailedAttempt: ({ error, attemptNumber, retriesLeft }) =>
          log.warn("storage call failed", {
            operation,
            attempt: attemptNumber,
            retries_left: retriesLeft,
            status: error instanceof StorageFailure ? error.status : undefined,
            error: error.message,
          }),
      });
    } catch (error) {
      ending?.signal.throwIfAborted();
      throw toAppError(operation, error, path);
    }
  }

  /**
   * What is directly within a folder, in pages: objects, and the names of folders. The API counts: what is removed
   * meanwhile moves the rest, and some would never be seen. So each page begins within the one before.
   */
  async function* pagesOf(folder: string): AsyncGenerator<FolderPage> {
    let seen = new Set<string>();
    for (let offset = 0;;) {
      const page = await attempt("list", () => listPage(bucket, folder, offset));
      const isJoined = offset === 0 || page.paths.some((path) => seen.has(path));
      if (!isJoined) {
        offset = Math.max(0, offset - pageSize / 2);
        continue;
      }
      yield withoutPaths(page, seen);
      if (page.paths.length < pageSize) return;
      seen = new Set(page.paths);
      offset += pageSize - pageOverlap;
    }
  }

  return {
    upload: (path, bytes, contentType = "application/octet-stream") =>
      attempt("upload", async () => {
        const { error } = await bucket.upload(path, bytes, { contentType, upsert: true, cacheControl: "0" });
        if (error) throw error;
      }),

    create: (path, bytes, contentType) =>
      attempt("upload", async () => {
        const { error } = await bucket.upload(path, bytes, { contentType, upsert: false, cacheControl: "0" });
        if (error && statusOf(error) !== 409) throw error;
      }),

    download: (path) =>
      attempt("download", async () => {
        const { data, error } = await bucket.download(path);
        if (error) throw error;
        return new Uint8Array(await data.arrayBuffer());
      }, path),

    remove: (paths) =>
      attempt("remove", async () => {
        for (const some of batches(paths, 500)) {
          const { error } = await bucket.remove(some);
          if (error) throw error;
        }
      }),

    async list(folder) {
      const found: StoredObject[] = [];
      for await (const { objects } of pagesOf(folder)) found.push(...objects);
      return found;
    },

    async *everything() {
      // The API lists folder by folder; the local one has no folders and lists everything at once.
      const folders = [""];
      for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
        for await (const page of pagesOf(folder)) {
          folders.push(...page.folders);
          if (page.objects.length > 0) yield page.objects;
        }
      }
    },

    signedUrls: (paths, expiresInSeconds) =>
      attempt("sign", async () => {
        const urls: string[] = [];
        for (const some of batches(paths, 500)) {
          urls.push(...await sign(env, timedFetch, some, expiresInSeconds));
        }
        return urls;
      }),

    until: (ending) => createBucket({ ...options, ending }),
  };
}

type BucketClient = ReturnType<ReturnType<typeof createClient>["storage"]["from"]>;

interface FolderPage {
  objects: StoredObject[];
  folders: string[];
  /** Of both, in the order of the listing. */
  paths: string[];
}

const pageSize = 1000;
const pageOverlap = 100;

function withoutPaths({ objects, folders, paths }: FolderPage, seen: Set<string>): FolderPage {
  return {
    objects: objects.filter(({ path }) => !seen.has(path)),
    folders: folders.filter((path) => !seen.has(path)),
    paths,
  };
}

async function listPage(bucket: BucketClient, folder: string, offset: number): Promise<FolderPage> {
  const { data, error } = await bucket.list(folder, {
    limit: pageSize,
    offset,
    sortBy: { column: "name", order: "asc" },
  });
  if (error) throw error;
  const page: FolderPage = { objects: [], folders: [], paths: [] };
  for (const { name, metadata } of data) {
    // The hosted API names it within the folder, the local one from the bucket's root.
    const path = folder === "" || name.startsWith(`${folder}/`) ? name : `${folder}/${name}`;
    page.paths.push(path);
    // An entry without metadata is a folder within the folder; one without a name would be this folder again.
    if (metadata) page.objects.push({ path, size: Number(metadata.size) });
    else if (name !== "") page.folders.push(path);
  }
  return page;
}

/**
 * Many at once where the API can; the local one takes that address for an object's and finds none, so there one
 * by one. Asked for without the client library, which reads the hosted API's answer (`signedURL`) only, not the
 * local one's (`signedUrl`, a path from the origin's root).
 */
async function sign(
  env: BucketOptions["env"],
  fetcher: typeof fetch,
  paths: string[],
  expiresIn: number,
): Promise<string[]> {
  try {
    return (await askToSign<SignedAnswer[]>(env, fetcher, "", { expiresIn, paths })).map(absolute);
  } catch (error) {
    if (!(error instanceof StorageFailure) || error.status !== 400) throw error;
  }
  const urls: string[] = [];
  for (const some of batches(paths, 8)) {
    const answers = some.map((path) =>
      askToSign<SignedAnswer>(env, fetcher, `/${encodeURI(path)}`, { expiresIn })
    );
    urls.push(...(await Promise.all(answers)).map(absolute));
  }
  return urls;

  function absolute(answer: SignedAnswer): string {
    const signed = answer.signedURL || answer.signedUrl;
    if (!signed) throw new StorageFailure(answer.error ?? "not signed", 404);
    return env.publicUrl + (signed.startsWith("/storage/v1/") ? signed : `/storage/v1${signed}`);
  }
}

async function askToSign<Answer>(
  env: BucketOptions["env"],
  fetcher: typeof fetch,
  object: string,
  body: { expiresIn: number; paths?: string[] },
): Promise<Answer> {
  const key = secretKey(env);
  const response = await fetcher(`${env.supabaseUrl}/storage/v1/object/sign/${bucketName}${object}`, {
    method: "POST",
    headers: { apikey: key, authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new StorageFailure("signing failed", response.status);
  }
  return await response.json();
}

interface SignedAnswer {
  signedURL?: string | null;
  signedUrl?: string | null;
  error?: string | null;
}

class StorageFailure extends Error {
  override readonly name = "StorageFailure";
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }

  get mayPass(): boolean {
    if (this.status === 507) return false; // No space: waiting does not make any.
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

function classify(error: unknown): StorageFailure {
  if (error instanceof StorageFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StorageFailure(message, statusOf(error), { cause: error });
}

/** The hosted API answers 400 to much and says the true status in the body. */
function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null) return 0;
  const said = "statusCode" in error ? Number(error.statusCode) : NaN;
  if (said >= 400 && said < 600) return said;
  return "status" in error && typeof error.status === "number" ? error.status : 0;
}

function toAppError(operation: string, thrown: unknown, path?: string): AppError {
  if (!(thrown instanceof StorageFailure)) {
    return new AppError("internal", "Something went wrong on our side.", { cause: thrown });
  }
  if (thrown.status === 404 && operation === "download") {
    return new AppError("part_missing", `${path} of the archive is not in the bucket any more.`, {
      hint: "Somebody removed it: use another backup.",
      members: { path },
      cause: thrown,
    });
  }
  const details = { operation, storage_status: thrown.status };
  if (thrown.mayPass) {
    return new AppError("storage_unavailable", `The storage did not answer (${operation}).`, {
      hint: "Try again later.",
      members: details,
      cause: thrown,
    });
  }
  return new AppError("storage_refused", `The storage refused (${operation}, status ${thrown.status}).`, {
    hint: "See that the bucket exists, allows objects of this size and has space left.",
    members: details,
    cause: thrown,
  });
}

function* batches<T>(items: T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size);
  }
}
