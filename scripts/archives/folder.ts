import { dirname } from "node:path";
import type { Bytes } from "../../supabase/functions/_shared/bytes.ts";
import { sha256 } from "../../supabase/functions/_shared/sha256.ts";
import { exists } from "../stack/command.ts";
import { Failure } from "../stack/failure.ts";
import { removeIfThere } from "../stack/profile.ts";
import { isId, manifestPath, type Part } from "./manifest.ts";

/** Archives in a folder lie as they do in the bucket: a folder for each, its manifest the last to come. */
export function archivesIn(folder: string): string[] {
  if (!exists(folder)) throw new Failure(`There is no folder ${folder}.`);
  return [...Deno.readDirSync(folder)]
    .map(({ name }) => name)
    .filter((name) => isId(name) && exists(`${folder}/${manifestPath(name)}`))
    .sort();
}

export async function readIfThere(file: string): Promise<Bytes | undefined> {
  try {
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Under its name a file is whole: it is written under another one. */
export async function store(file: string, bytes: Bytes): Promise<void> {
  const draft = `${file}.${Deno.pid}.new`;
  await Deno.mkdir(dirname(file), { recursive: true });
  try {
    await Deno.writeFile(draft, bytes);
    await Deno.rename(draft, file);
  } finally {
    removeIfThere(draft);
  }
}

export async function isPart(part: Part, bytes: Bytes): Promise<boolean> {
  return bytes.length === part.bytes && await sha256(bytes) === part.sha256;
}

export const areEqual = (one: Bytes, other: Bytes) =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);
