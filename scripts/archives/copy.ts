import type { Manifest } from "./manifest.ts";

/** What became of one archive. */
export interface Copy {
  createdAt: string;
  parts: number;
  bytes: number;
  /** Parts that were copied now; the others were there already. */
  copied: number;
  /** Whether the project's catalogue knows the manifest; undefined where it was not asked. */
  isCatalogued?: boolean;
}

export function copyOf({ createdAt, parts }: Manifest, copied: number, isCatalogued?: boolean): Copy {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return { createdAt, parts: parts.length, bytes, copied, isCatalogued };
}
