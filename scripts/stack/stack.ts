import { mkdirSync } from "node:fs";
import { exists } from "./command.ts";
import { editedMigrations } from "./edited_migrations.ts";
import { Failure } from "./failure.ts";
import { functionEnvironment, notificationSecrets, startFunctions } from "./functions.ts";
import { serveGateway } from "./gateway.ts";
import { addAdmin, type AdminAccount } from "./import/admin.ts";
import { type ImportAccount, importDump } from "./import/load.ts";
import { ensurePrograms } from "./install.ts";
import { startLite } from "./lite.ts";
import { pushMigrations } from "./migrations.ts";
import { type Cluster, removeCluster, startPostgres } from "./postgres.ts";
import { note, plural, step as plainStep } from "./print.ts";
import {
  choosePorts,
  forgetStack,
  functionNames,
  type Ports,
  type Profile,
  profile,
  type ProfileName,
  recordStack,
  removeIfThere,
  writePrivate,
} from "./profile.ts";
import { type AgeKeys, ageKeysOf, type Secrets, secretsOf } from "./secrets.ts";
import { apiUrl } from "./people.ts";
import { pause, type Service, stopLeftovers } from "./service.ts";
import { startWaker } from "./waker.ts";

export interface StackOptions {
  /** Delete what an earlier run has stored, and begin anew. */
  fresh: boolean;
  /** A plain SQL dump to load before the migrations. */
  dump?: string;
  /** Whether a new database gets people and data to try things on; it does unless told otherwise, or given a dump. */
  seed?: boolean;
  /** More for the functions' environment. */
  functionEnv?: (ports: Ports) => Record<string, string>;
  /** Aborted when starting is to be given up. */
  signal?: AbortSignal;
}

export type Imported = ImportAccount & { admin: AdminAccount };

/** A running copy of everything. */
export interface Stack {
  at: Profile;
  ports: Ports;
  secrets: Secrets;
  keys: AgeKeys;
  cluster: Cluster;
  imported?: Imported;
  stop(): Promise<void>;
}

/** Brings everything up, in order; when a part fails, stops what runs already. */
export async function bringUp(name: ProfileName, options: StackOptions): Promise<Stack> {
  const at = profile(name);
  mkdirSync(at.logs, { recursive: true });
  const running: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const stopOne of running.splice(0).reverse()) await stopOne();
    forgetStack(at);
  };
  const step: typeof plainStep = (...args) => {
    options.signal?.throwIfAborted();
    return plainStep(...args);
  };
  try {
    const left = await stopLeftovers(at);
    if (left.length > 0) note(`stopped what an earlier run had left behind: ${left.join(", ")}`);
    const programs = await step("programs", ensurePrograms, ({ major }) => `Postgres ${major}`);
    // A database without an origin is half made (a dump that could not be loaded, say): nothing of it is worth keeping.
    if (options.fresh || originOf(at) === undefined) await beginAnew(at);
    const ports = choosePorts(name, functionNames());
    recordStack(at, "starting", ports);

    const secrets = secretsOf(at);
    const keys = await ageKeysOf(at);
    // First, so that nobody else takes the one port that people know; what is not up yet answers 503.
    const gateway = serveGateway(ports, secrets);
    running.push(() => Promise.race([gateway.shutdown(), pause(2000)]));
    const started = (service: Service) => running.push(() => service.stop());
    const cluster = await step(
      "database",
      () => startPostgres(at, ports, secrets, programs, started),
      ({ isNew }) => `127.0.0.1:${ports.db}${isNew ? ", new" : ""}`,
    );
    if (options.dump && !cluster.isNew) {
      throw new Failure("There is a database already, and a dump is only loaded into a new one.", {
        hint: "Add --fresh to delete that database first.",
      });
    }
    const lite = await step(
      "api",
      () => startLite(at, ports, secrets, cluster, started),
      () => "REST, Auth, Storage",
    );

    const { dump, seed = true } = options;
    const loaded = dump === undefined
      ? undefined
      : await step("import", () => importDump(cluster, dump), said);
    const beginning = dump !== undefined ? "dump" : seed ? "seed" : "nothing";
    const origin = originOf(at, cluster.isNew ? beginning : undefined);
    await step("migrations", async () => {
      const applied = await pushMigrations(at, cluster.project.url, origin === "seed");
      if (applied > 0) await lite.reload();
      return applied;
    }, (applied) => `${applied || "none"} new${cluster.isNew && origin === "seed" ? ", and the seed" : ""}`);
    const edited = editedMigrations(at);
    if (edited.length > 0) {
      note(
        `edited since this database was made: ${edited.join(", ")}; \`deno task start --fresh\` applies them`,
      );
    }
    await step("functions", async () => {
      const env = functionEnvironment(ports, secrets, keys, cluster.project);
      // Tests and measurements tell nobody.
      const told = at.name === "dev" ? notificationSecrets() : {};
      await sameProject(cluster, ports);
      await startFunctions(at, ports, { ...env, ...told, ...options.functionEnv?.(ports) }, started);
    }, () => Object.keys(ports.functions).join(", ") || "none yet");
    await step("gateway", () => warmUp(ports, secrets), () => apiUrl(ports));
    const waker = await startWaker(ports, secrets, cluster.project.url);
    running.push(() => waker.stop());

    options.signal?.throwIfAborted();
    const imported = loaded && { ...loaded, admin: await addAdmin({ ports, secrets }, cluster.project.url) };
    recordStack(at, "running", ports);
    return { at, ports, secrets, keys, cluster, imported, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the usual port is taken the stack has another address, and is no copy of itself because of that. */
async function sameProject({ project }: Cluster, ports: Ports): Promise<void> {
  await project.rows(`update backup.installation set project_url = '${apiUrl(ports)}', stranger_url = null`);
}

/**
 * At the first request lite looks at roles and privileges, and answers others meanwhile as if it had done so: so
 * the first request is ours, and nothing depends on it.
 */
async function warmUp(ports: Ports, secrets: Secrets): Promise<void> {
  const response = await fetch(`${apiUrl(ports)}/storage/v1/bucket`, {
    headers: { apikey: secrets.secretKey },
  });
  await response.body?.cancel();
}

const said = (account: ImportAccount) => plural(account.tables, "table");

/** What the data of this profile began with; once written down, it stays. */
function originOf(at: Profile, origin?: "seed" | "dump" | "nothing"): string | undefined {
  const file = `${at.folder}/origin`;
  if (origin) writePrivate(file, origin);
  return exists(file) ? Deno.readTextFileSync(file) : undefined;
}

/** Everything of the profile goes, but for its age key: archives made with it may be kept elsewhere. */
async function beginAnew(at: Profile): Promise<void> {
  await removeCluster(at);
  for (const entry of Deno.readDirSync(at.folder)) {
    if (entry.name !== "age-key.txt" && entry.name !== "log") removeIfThere(`${at.folder}/${entry.name}`);
  }
  for (const entry of Deno.readDirSync(at.logs)) removeIfThere(`${at.logs}/${entry.name}`);
}
