import type { Bytes } from "../../supabase/functions/_shared/bytes.ts";
import { Failure } from "../stack/failure.ts";

/** What copying needs to know of an archive. */
export interface Manifest {
  createdAt: string;
  parts: Part[];
}

export interface Part {
  /** In the bucket, and in a folder that archives are kept in. */
  path: string;
  bytes: number;
  sha256: string;
}

export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

export const manifestPath = (id: string) => `${id}/manifest.json`;

/** The archive's own description. It may come from anywhere, so it is believed nothing that would write elsewhere. */
export function readManifest(id: string, text: Bytes): Manifest {
  const unusable = (why: string) => new Failure(`The manifest of ${id} is not usable: ${why}.`);
  let said: Record<string, unknown>;
  try {
    said = JSON.parse(new TextDecoder().decode(text));
  } catch {
    throw unusable("it is not JSON");
  }
  if (said?.format !== 1) throw unusable(`its format is ${said?.format}, not 1`);
  if (said.id !== id) throw unusable(`it is the one of ${said.id}`);
  if (!Array.isArray(said.parts) || said.parts.length === 0) throw unusable("it names no parts");
  const parts = said.parts.map(({ path, stored_bytes, stored_sha256 }): Part => {
    if (!isPartPath(path)) throw unusable(`${JSON.stringify(path)} is no path of a part`);
    if (!Number.isSafeInteger(stored_bytes) || !/^[0-9a-f]{64}$/.test(stored_sha256)) {
      throw unusable(`it has no size or sha256 of ${path}`);
    }
    return { path, bytes: stored_bytes, sha256: stored_sha256 };
  });
  return { createdAt: String(said.created_at), parts };
}

/** Always in the folder of an archive: its own, or (a part that has not changed since) that of an earlier one. */
function isPartPath(path: unknown): path is string {
  const [folder, name, ...more] = String(path).split("/");
  return isId(folder) && more.length === 0 && name !== "manifest.json" &&
    /^[^\\\0]*[^.\\\0][^\\\0]*$/.test(name ?? "");
}
