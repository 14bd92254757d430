import { sha256 } from "../../supabase/functions/_shared/sha256.ts";
import { Failure } from "../stack/failure.ts";
import { type Copy, copyOf } from "./copy.ts";
import { areEqual, isPart, readIfThere, store } from "./folder.ts";
import { manifestPath, readManifest } from "./manifest.ts";
import type { Project } from "./project.ts";
import { sideBySide } from "./side_by_side.ts";

/**
 * Copies an archive out of the bucket. Whoever can write to the bucket could put anything there, so a copy that is
 * kept already is never replaced by another one: only what is missing or damaged is fetched.
 */
export async function pullArchive(project: Project, folder: string, id: string): Promise<Copy> {
  const text = await project.bucket.download(manifestPath(id));
  const known = await project.manifestSha256(id);
  if (known !== undefined && known !== await sha256(text)) {
    throw new Failure("The manifest in the bucket is not the one that the catalogue knows.", {
      hint: "Somebody has changed it. Find out who can write to the bucket.",
    });
  }
  const manifest = readManifest(id, text);
  const manifestFile = `${folder}/${manifestPath(id)}`;
  const kept = await readIfThere(manifestFile);
  if (kept && !areEqual(kept, text)) {
    throw new Failure("Another archive is kept under this id; it was left alone.", {
      hint: `If the one in the bucket is right, move ${folder}/${id} away and pull again.`,
    });
  }

  let copied = 0;
  await sideBySide(manifest.parts, async (part) => {
    const file = `${folder}/${part.path}`;
    const present = await readIfThere(file);
    if (present && await isPart(part, present)) return;
    if (present && !part.path.startsWith(`${id}/`)) {
      throw new Failure(`${part.path}, which is kept already, is not what this archive asks for.`);
    }
    const bytes = await project.bucket.download(part.path);
    if (!await isPart(part, bytes)) {
      throw new Failure(`${part.path} in the bucket is not what was stored: its sha256 differs.`, {
        hint: "Find out who can write to the bucket. No archive was made of it here.",
      });
    }
    await store(file, bytes);
    copied++;
  });
  if (!kept) await store(manifestFile, text);

  return copyOf(manifest, copied, known !== undefined);
}
