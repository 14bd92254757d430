import { root } from "../stack/profile.ts";

/** The files below a folder of the project whose names match, in order; none when there is no such folder. */
export function filesBelow(folder: string, pattern: RegExp): string[] {
  const found: string[] = [];
  const walk = (at: string) => {
    for (const entry of Deno.readDirSync(at)) {
      if (entry.isDirectory) walk(`${at}/${entry.name}`);
      else if (pattern.test(entry.name)) found.push(`${at}/${entry.name}`);
    }
  };
  try {
    walk(`${root}/${folder}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}
