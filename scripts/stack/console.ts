import { gzipSync } from "node:zlib";
import { exists, mustRun } from "./command.ts";
import { root } from "./profile.ts";

export const consoleFolder = `${root}/admin`;
const exampleFolder = `${consoleFolder}/example`;

/** A program of the console's own packages. */
export const tool = (name: string) => `${consoleFolder}/node_modules/.bin/${name}`;

export const npmEnvironment = () => ({ ...Deno.env.toObject(), NO_UPDATE_NOTIFIER: "1" });

/** Builds the console when its sources are newer than what was built; says whether it did. */
export async function buildConsole(): Promise<boolean> {
  if (isFresh(`${consoleFolder}/dist/index.html`, sources)) return false;
  await installConsole();
  await vite("build");
  return true;
}

/** What a browser fetches before it shows anything, as it is sent: the page, and what the page itself names. */
export function firstLoad(): { files: number; bytes: number } {
  const folder = `${consoleFolder}/dist`;
  const page = Deno.readTextFileSync(`${folder}/index.html`);
  const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => path!);
  // config.json is the host's.
  const sent = ["index.html", ...named.filter((path) => path !== "config.json")].map((path) =>
    gzipSync(Deno.readFileSync(`${folder}/${path}`)).length
  );
  return { files: sent.length, bytes: sent.reduce((sum, one) => sum + one, 0) };
}

/** Builds the component, and the page of a host that shows it. */
export async function buildExample(): Promise<boolean> {
  if (isFresh(`${exampleFolder}/dist/index.html`, [...sources, ...exampleSources])) return false;
  await installConsole();
  await installPackages(exampleFolder);
  await vite("build", "--config", "vite.library.config.ts");
  await vite("build", "--config", "example/vite.config.ts");
  await vite("build", "--config", "example/vite.config.ts", "--mode", "react-19");
  return true;
}

export const installConsole = () => installPackages(consoleFolder);

/** Installs exactly what the lock file names, when it has changed since the last time. */
async function installPackages(folder: string): Promise<void> {
  const installed = `${folder}/node_modules/.package-lock.json`;
  if (isFresh(installed, [`${folder}/package-lock.json`])) return;
  await mustRun("Installing the console's packages", "npm", {
    args: ["ci", "--no-audit", "--no-fund", "--loglevel", "error"],
    cwd: folder,
    env: npmEnvironment(),
  });
}

async function vite(...args: string[]): Promise<void> {
  await mustRun("Building the console", tool("vite"), {
    args: [...args, "--logLevel", "error"],
    cwd: consoleFolder,
    env: npmEnvironment(),
  });
}

const sources = [
  "src",
  "public",
  "index.html",
  "package-lock.json",
  "vite.config.ts",
  "vite.library.config.ts",
]
  .map((name) => `${consoleFolder}/${name}`);
const exampleSources = ["index.html", "host.css", "host.tsx", "package-lock.json", "vite.config.ts"]
  .map((name) => `${exampleFolder}/${name}`);

const isFresh = (made: string, from: string[]) => exists(made) && youngest(from) <= modified(made);

function youngest(paths: string[]): number {
  return Math.max(
    0,
    ...paths.map((path) => {
      if (!Deno.statSync(path).isDirectory) return modified(path);
      return youngest([...Deno.readDirSync(path)].map(({ name }) => `${path}/${name}`));
    }),
  );
}

const modified = (path: string) => Deno.statSync(path).mtime?.getTime() ?? 0;
