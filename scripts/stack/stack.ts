import { mkdirSync } from "node:fs";
import { Failure } from "./failure.ts";
import { functionEnvironment, startFunctions } from "./functions.ts";
import { serveGateway } from "./gateway.ts";
import { type ImportAccount, importDump } from "./import.ts";
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
} from "./profile.ts";
import { type AgeKeys, ageKeysOf, type Secrets, secretsOf } from "./secrets.ts";
import { pause, type Service, stopLeftovers } from "./service.ts";

export interface StackOptions {
  /** Delete what an earlier run has stored, and begin anew. */
  fresh: boolean;
  /** A plain SQL dump to load before the migrations. */
  dump?: string;
  /** Aborted when starting is to be given up. */
  signal?: AbortSignal;
}

/** A running copy of everything. */
export interface Stack {
  at: Profile;
  ports: Ports;
  secrets: Secrets;
  keys: AgeKeys;
  cluster: Cluster;
  imported?: ImportAccount;
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
    if (options.fresh) await beginAnew(at);
    const ports = choosePorts(name, functionNames());
    recordStack(at, "starting", ports);

    const secrets = secretsOf(at);
    const keys = await ageKeysOf(at);
    const started = (service: Service) => running.push(() => service.stop());
    const cluster = await step("database", async () => {
      const cluster = await startPostgres(at, ports, secrets, programs);
      started(cluster.service);
      return cluster;
    }, ({ isNew }) => `127.0.0.1:${ports.db}${isNew ? ", new" : ""}`);
    if (options.dump && !cluster.isNew) {
      throw new Failure("There is a database already, and a dump is only loaded into a new one.", {
        hint: "Add --fresh to delete that database first.",
      });
    }
    await step(
      "api",
      async () => started(await startLite(at, ports, secrets, cluster)),
      () => "REST, Auth, Storage",
    );

    let imported: ImportAccount | undefined;
    if (options.dump) {
      imported = await step(
        "import",
        () => importDump(at, cluster, options.dump!),
        (account) => plural(account.tables, "table"),
      );
    }
    const isSeeded = cluster.isNew && !options.dump;
    await step("migrations", () => pushMigrations(at, cluster.project.url, isSeeded), (said) => said);
    await step("functions", async () => {
      const env = functionEnvironment(ports, secrets, keys, cluster.project);
      await startFunctions(at, ports, env, started);
    }, () => Object.keys(ports.functions).join(", ") || "none yet");
    await step("gateway", () => {
      const server = serveGateway(ports, secrets);
      running.push(() => Promise.race([server.shutdown(), pause(2000)]));
      return Promise.resolve();
    }, () => `http://127.0.0.1:${ports.gateway}`);

    options.signal?.throwIfAborted();
    recordStack(at, "running", ports);
    return { at, ports, secrets, keys, cluster, imported, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Everything of the profile goes, but for its age key: archives made with it may be kept elsewhere. */
async function beginAnew(at: Profile): Promise<void> {
  await removeCluster(at);
  for (const entry of Deno.readDirSync(at.folder)) {
    if (entry.name !== "age-key.txt" && entry.name !== "log") removeIfThere(`${at.folder}/${entry.name}`);
  }
  for (const entry of Deno.readDirSync(at.logs)) removeIfThere(`${at.logs}/${entry.name}`);
}
