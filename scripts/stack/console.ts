import { exists, mustRun } from "./command.ts";
import { root } from "./profile.ts";

export const consoleFolder = `${root}/admin`;
const built = `${consoleFolder}/dist/index.html`;

/** A program of the console's own packages. */
export const tool = (name: string) => `${consoleFolder}/node_modules/.bin/${name}`;

export const npmEnvironment = () => ({ ...Deno.env.toObject(), NO_UPDATE_NOTIFIER: "1" });

/** Builds the console when its sources are newer than what was built; says whether it did. */
export async function buildConsole(): Promise<boolean> {
  if (exists(built) && youngest(sources) <= modified(built)) return false;
  await installConsole();
  await mustRun("Building the console", tool("vite"), {
    args: ["build", "--logLevel", "warn"],
    cwd: consoleFolder,
    env: npmEnvironment(),
  });
  return true;
}

/** Installs exactly what the lock file names, when it has changed since the last time. */
export async function installConsole(): Promise<void> {
  const installed = `${consoleFolder}/node_modules/.package-lock.json`;
  if (exists(installed) && modified(`${consoleFolder}/package-lock.json`) <= modified(installed)) return;
  await mustRun("Installing the console's packages", "npm", {
    args: ["ci", "--no-audit", "--no-fund", "--loglevel", "error"],
    cwd: consoleFolder,
    env: npmEnvironment(),
  });
}

const sources = ["src", "public", "index.html", "package-lock.json", "vite.config.ts", "tsconfig.json"]
  .map((name) => `${consoleFolder}/${name}`);

function youngest(paths: string[]): number {
  return Math.max(...paths.map((path) => {
    if (!Deno.statSync(path).isDirectory) return modified(path);
    return youngest([...Deno.readDirSync(path)].map(({ name }) => `${path}/${name}`));
  }), 0);
}

const modified = (path: string) => Deno.statSync(path).mtime?.getTime() ?? 0;
