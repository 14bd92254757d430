import { Failure } from "../stack/failure.ts";
import { type Copy, copyOf } from "./copy.ts";
import { areEqual, isPart, readIfThere } from "./folder.ts";
import { type Manifest, manifestPath, type Part, readManifest } from "./manifest.ts";
import type { Project } from "./project.ts";
import { sideBySide } from "./side_by_side.ts";

/**
 * Copies an archive into the bucket. Nothing is sent before all of it has been proven here, and the manifest last:
 * half of an archive in the bucket is no archive.
 */
export async function pushArchive({ bucket }: Project, folder: string, id: string): Promise<Copy> {
  const text = await readIfThere(`${folder}/${manifestPath(id)}`);
  if (!text) {
    throw new Failure(`There is no ${folder}/${manifestPath(id)}.`, {
      hint: "A copy without one is not whole.",
    });
  }
  const manifest = readManifest(id, text);
  await sideBySide(manifest.parts, async (part) => void await read(part));

  const present = await sizes();
  if (present.has(manifestPath(id)) && !areEqual(await bucket.download(manifestPath(id)), text)) {
    throw new Failure("Another archive lies in the bucket under this id; it was left alone.");
  }
  let copied = 0;
  await sideBySide(manifest.parts, async (part) => {
    // Sent already, by a push that was cut off; that it arrived as it is can only be seen by looking.
    if (present.get(part.path) === part.bytes && await isPart(part, await bucket.download(part.path))) return;
    if (present.has(part.path) && !part.path.startsWith(`${id}/`)) {
      throw new Failure(`${part.path} in the bucket is not what this archive asks for; it was left alone.`);
    }
    await bucket.upload(part.path, await read(part));
    copied++;
  });

  const stored = await sizes();
  const lost = manifest.parts.find((part) => stored.get(part.path) !== part.bytes);
  if (lost) {
    throw new Failure(`${lost.path} was sent, and the bucket does not have it.`, { hint: "Push again." });
  }
  if (!present.has(manifestPath(id))) await bucket.upload(manifestPath(id), text, "application/json");

  return copyOf(manifest, copied);

  async function read(part: Part) {
    const bytes = await readIfThere(`${folder}/${part.path}`);
    if (!bytes) throw new Failure(`${folder}/${part.path} is missing.`, { hint });
    if (!await isPart(part, bytes)) {
      throw new Failure(`${folder}/${part.path} is damaged: its sha256 is not the manifest's.`, { hint });
    }
    return bytes;
  }

  async function sizes(): Promise<Map<string, number>> {
    const found = await Promise.all(foldersOf(id, manifest).map((one) => bucket.list(one)));
    return new Map(found.flat().map(({ path, size }) => [path, size]));
  }
}

const hint = "Nothing of this archive was sent. Take another copy of it.";

const foldersOf = (
  id: string,
  { parts }: Manifest,
) => [...new Set([id, ...parts.map(({ path }) => path.split("/")[0])])];
