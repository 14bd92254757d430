import { createHash } from "node:crypto";
import { basename } from "node:path";
import { exists, mustRun, run } from "./command.ts";
import { Failure } from "./failure.ts";
import { findPostgres, type PostgresPrograms } from "./install.ts";
import { type Ports, type Profile, removeIfThere, root } from "./profile.ts";
import { Psql } from "./psql.ts";
import type { Secrets } from "./secrets.ts";
import { Service } from "./service.ts";

/** Postgres of one profile: the cluster in its folder, and the two ways to speak to it. */
export interface Cluster {
  service: Service;
  programs: PostgresPrograms;
  /** Only for what the hosted platform does for a project; nothing of ours runs as this role. */
  superuser: Psql;
  /** The role that a project's owner has. */
  project: Psql;
  /** The role of REST, Auth and Storage. */
  services: Psql;
  isNew: boolean;
}

/** Makes the cluster when there is none, starts it, and brings it into the shape of a hosted project. */
export async function startPostgres(
  at: Profile,
  ports: Ports,
  secrets: Secrets,
  newest: PostgresPrograms,
  started: (service: Service) => void,
): Promise<Cluster> {
  const owner = await clusterOwner();
  const folder = clusterFolder(at, owner);
  const isNew = !exists(`${folder}/data/PG_VERSION`);
  const programs = isNew ? newest : programsFor(folder);
  if (isNew) await initialise(folder, owner, programs, secrets);

  const service = new Service(at, {
    name: "postgres",
    program: `${programs.bin}/postgres`,
    args: ["-D", `${folder}/data`, ...settings(at, ports.db)],
    env: { PATH: Deno.env.get("PATH") ?? "", LANG: "C.UTF-8", TZ: "UTC" },
    cwd: "/",
    ...(owner ?? {}),
    restarts: true,
    stopSignal: "SIGINT",
  });
  await stopStray(folder, programs, owner);
  started(service);
  service.start();
  const target = { host: "127.0.0.1", port: ports.db, database: "postgres", bin: programs.bin };
  const superuser = new Psql({ ...target, user: "supabase_admin", password: secrets.superuserPassword });
  const project = new Psql({ ...target, user: "postgres", password: secrets.databasePassword });
  const services = new Psql({ ...target, user: "supabase_lite", password: secrets.servicesPassword });
  await service.until(() => superuser.answers());
  await superuser.file(`${root}/scripts/stack/sql/platform.sql`, {
    PROJECT_PASSWORD: secrets.databasePassword,
    SERVICES_PASSWORD: secrets.servicesPassword,
  });
  return { service, programs, superuser, project, services, isNew };
}

/** Deletes the cluster and all that is in it. */
export async function removeCluster(at: Profile): Promise<void> {
  removeIfThere(clusterFolder(at, await clusterOwner()));
}

interface SystemUser {
  uid: number;
  gid: number;
}

/** Postgres refuses to run as root: then it runs as the system user that its package made. */
async function clusterOwner(): Promise<SystemUser | undefined> {
  if (Deno.uid() !== 0) return undefined;
  const ids = await run("id", { args: ["postgres"] });
  const [uid, gid] = [/uid=(\d+)/, /gid=(\d+)/].map((pattern) => Number(pattern.exec(ids.stdout)?.[1]));
  if (!ids.ok || !uid || !gid) {
    throw new Failure("Postgres does not run as root, and there is no system user `postgres` to run it as.");
  }
  return { uid, gid };
}

/** In the profile's folder; where the system user cannot go there, in a folder of /var/tmp of its own. */
function clusterFolder(at: Profile, owner: SystemUser | undefined): string {
  const usual = `${at.folder}/postgres`;
  if (!owner || isReachable(at.folder, owner)) return usual;
  const mark = createHash("sha256").update(root).digest("hex").slice(0, 12);
  const folder = `/var/tmp/${basename(root)}-${mark}`;
  mustBeOurs(folder);
  return `${folder}/${at.name}`;
}

/** Anybody may make a folder in /var/tmp: one that somebody else made for us is not used. */
function mustBeOurs(folder: string): void {
  if (!exists(folder)) {
    Deno.mkdirSync(folder);
    Deno.chmodSync(folder, 0o755);
  }
  const { uid, isSymlink } = Deno.lstatSync(folder);
  if (uid !== Deno.uid() || isSymlink) throw new Failure(`${folder} belongs to somebody else.`);
}

function isReachable(folder: string, { uid, gid }: SystemUser): boolean {
  for (let at = folder; at !== "/"; at = at.slice(0, at.lastIndexOf("/")) || "/") {
    const { mode, uid: owner, gid: group } = Deno.statSync(at);
    const bits = (mode ?? 0) >> (owner === uid ? 6 : group === gid ? 3 : 0);
    if ((bits & 1) === 0) return false;
  }
  return true;
}

async function initialise(
  folder: string,
  owner: SystemUser | undefined,
  { bin }: PostgresPrograms,
  secrets: Secrets,
): Promise<void> {
  removeIfThere(folder);
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}/password`;
  Deno.writeTextFileSync(passwordFile, secrets.superuserPassword, { mode: 0o600 });
  if (owner) [folder, passwordFile].forEach((path) => Deno.chownSync(path, owner.uid, owner.gid));
  try {
    await mustRun("initdb", `${bin}/initdb`, {
      args: [
        ["--pgdata", `${folder}/draft`],
        ["--username", "supabase_admin", "--pwfile", passwordFile, "--auth", "scram-sha-256"],
        ["--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", "--no-instructions"],
      ].flat(),
      cwd: "/",
      ...(owner ?? {}),
    });
    // A data folder is there whole or not at all, even when this process is killed in between.
    Deno.renameSync(`${folder}/draft`, `${folder}/data`);
  } finally {
    removeIfThere(passwordFile);
  }
}

function settings(at: Profile, port: number): string[] {
  const values: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    shared_preload_libraries: "pg_cron",
    "cron.database_name": "postgres",
    "cron.use_background_workers": "on",
    max_worker_processes: "16",
    wal_level: "logical",
    statement_timeout: "2min",
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] %q%u@%d ",
    // What the tests write need not survive a power cut.
    ...(at.name.startsWith("test")
      ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }
      : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** A server that still runs on this very data folder (its starter was killed) is stopped first. */
async function stopStray(
  folder: string,
  { bin }: PostgresPrograms,
  owner: SystemUser | undefined,
): Promise<void> {
  const control = (...args: string[]) =>
    run(`${bin}/pg_ctl`, { args: ["-D", `${folder}/data`, ...args], cwd: "/", ...(owner ?? {}) });
  if ((await control("status")).ok) await control("stop", "-m", "fast", "-w");
}

function programsFor(folder: string): PostgresPrograms {
  const major = Number(Deno.readTextFileSync(`${folder}/data/PG_VERSION`));
  const programs = findPostgres(major);
  if (programs) return programs;
  throw new Failure(`The data folder was made by Postgres ${major}, which is not installed any more.`, {
    hint: "Install that version again, or begin anew with `deno task start --fresh`.",
  });
}
