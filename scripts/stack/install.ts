import { exists, run } from "./command.ts";
import { Failure } from "./failure.ts";

/** A Postgres installation: where its programs are, and which major version it is. */
export interface PostgresPrograms {
  major: number;
  bin: string;
}

const oldest = 15;

/** Finds Postgres with pg_cron and pgTAP, pg_prove and age; as root, installs what is missing. */
export async function ensurePrograms(): Promise<PostgresPrograms> {
  if (missing().length > 0) await install();
  const left = missing();
  if (left.length > 0) throw new Failure(`Not found: ${left.join(", ")}.`, { hint: byHand(left) });
  return findPostgres()!;
}

/** The installation of a given major version (that of an existing data folder), or the newest that has pg_cron. */
export function findPostgres(major?: number): PostgresPrograms | undefined {
  const found = installations().filter((one) => one.major >= oldest && (!major || one.major === major));
  return found.find((one) => hasExtension(one.major, "pg_cron")) ?? found[0];
}

/** The browser that the console's tests drive; as root, installs it. Nothing else needs one. */
export async function ensureBrowser(): Promise<string> {
  const found = () => ["chromium", "chromium-browser", "google-chrome"].find(onPath);
  if (!found() && Deno.uid() === 0 && onPath("apt-get")) {
    await apt("update");
    await apt("install", "chromium");
  }
  const browser = found();
  if (browser) return browser;
  throw new Failure("The console's tests need Chromium.", {
    hint: onPath("apt-get")
      ? "Install it with:\n\n    sudo apt-get install --no-install-recommends chromium\n"
      : "Install it with your system's package manager, then try again.",
  });
}

function missing(): string[] {
  const postgres = findPostgres();
  const extension = (name: string) => postgres && hasExtension(postgres.major, name);
  return [
    postgres ? [] : ["postgresql"],
    extension("pg_cron") ? [] : ["pg_cron"],
    extension("pgtap") ? [] : ["pgtap"],
    extension("plpgsql_check") ? [] : ["plpgsql_check"],
    onPath("pg_prove") ? [] : ["pg_prove"],
    onPath("age") ? [] : ["age"],
  ].flat();
}

async function install(): Promise<void> {
  if (Deno.uid() !== 0 || !onPath("apt-get")) {
    const left = missing();
    throw new Failure(`This machine lacks ${left.join(", ")}.`, { hint: byHand(left) });
  }
  await apt("update");
  if (!findPostgres()) await apt("install", "postgresql");
  const major = findPostgres()?.major;
  if (!major) throw new Failure(`The system's Postgres is older than ${oldest}.`);
  await apt("install", ...packages(major));
}

async function apt(action: string, ...names: string[]): Promise<void> {
  const result = await run("apt-get", {
    args: [
      action,
      "--yes",
      "--quiet",
      ...(action === "install" ? ["--no-install-recommends", ...names] : []),
    ],
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  if (result.ok) return;
  const said = (result.stderr || result.stdout).trim().split("\n").slice(-8).join("\n");
  throw new Failure(`apt-get ${action} ${names.join(" ")} failed:\n${said}`);
}

const packages = (major: number | string) => [
  "postgresql",
  `postgresql-${major}-cron`,
  `postgresql-${major}-pgtap`,
  `postgresql-${major}-plpgsql-check`,
  "libtap-parser-sourcehandler-pgtap-perl",
  "age",
];

function byHand(left: string[]): string {
  if (!onPath("apt-get")) {
    return `Install ${left.join(", ")} with your system's package manager, then try again.`;
  }
  const major = findPostgres()?.major;
  if (major) return `Install it with:\n\n    sudo apt-get install ${packages(major).join(" ")}\n`;
  const known = packages("$V").join(" ");
  return "Install it with:\n\n    sudo apt-get install postgresql &&\n" +
    `    V=$(ls /usr/lib/postgresql | sort -n | tail -1) && sudo apt-get install ${known}\n`;
}

function installations(): PostgresPrograms[] {
  const folder = "/usr/lib/postgresql";
  const debian = exists(folder) ? [...Deno.readDirSync(folder)] : [];
  return debian
    .map(({ name }) => ({ major: Number(name), bin: `${folder}/${name}/bin` }))
    .filter(({ bin }) => exists(`${bin}/initdb`))
    .concat(onThePath())
    .sort((a, b) => b.major - a.major);
}

/** Where Postgres is not laid out as Debian does it, pg_config tells. */
function onThePath(): PostgresPrograms[] {
  const bin = pgConfig("--bindir");
  const major = Number(/PostgreSQL (\d+)/.exec(pgConfig("--version") ?? "")?.[1]);
  return bin && major && exists(`${bin}/initdb`) ? [{ major, bin }] : [];
}

function hasExtension(major: number, name: string): boolean {
  const folders = [`/usr/share/postgresql/${major}`, pgConfig("--sharedir")];
  return folders.some((folder) => folder && exists(`${folder}/extension/${name}.control`));
}

function pgConfig(what: string): string | undefined {
  if (!onPath("pg_config")) return undefined;
  const { success, stdout } = new Deno.Command("pg_config", { args: [what], stderr: "null" }).outputSync();
  return success ? new TextDecoder().decode(stdout).trim() : undefined;
}

function onPath(program: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => exists(`${folder}/${program}`));
}
