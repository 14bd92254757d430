import { run as command } from "../../../../../scripts/stack/command.ts";
import postgres from "postgres";
import { profile } from "../../../../../scripts/stack/profile.ts";
import { secretsOf } from "../../../../../scripts/stack/secrets.ts";
import { stack } from "../../_support/stack.ts";

/** To mount a file system takes root; elsewhere there is no disk to fill. */
export const canMount = Deno.uid() === 0 && (await command("sh", { args: ["-c", mountAndBack()] })).ok;

/** While the work lasts, whatever the project's role makes anew lies on a disk of so many kilobytes. */
export async function withSmallDisk(kilobytes: number, work: () => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: "/var/tmp", prefix: "small-disk-" });
  const url = new URL(stack.databaseUrl);
  url.username = "supabase_admin";
  url.password = secretsOf(profile("test")).superuserPassword;
  const admin = postgres(url.href, { max: 1, onnotice: () => {} });
  await must("mount", "-t", "tmpfs", "-o", `size=${kilobytes}k,mode=0755`, "tmpfs", folder);
  try {
    await must("install", "-d", "-o", "postgres", "-m", "0700", `${folder}/data`);
    await admin.unsafe(`create tablespace small_disk location '${folder}/data'`);
    await admin.unsafe("grant create on tablespace small_disk to postgres");
    // New sessions only: those that the worker opens for what is large.
    await admin.unsafe("alter role postgres in database postgres set default_tablespace = 'small_disk'");
    try {
      await work();
    } finally {
      await admin.unsafe("alter role postgres in database postgres reset default_tablespace");
      await admin.unsafe("drop tablespace small_disk");
    }
  } finally {
    await admin.end({ timeout: 2 });
    await must("umount", folder);
    await Deno.remove(folder);
  }
}

async function must(program: string, ...args: string[]): Promise<void> {
  const { ok, stderr } = await command(program, { args });
  if (!ok) throw new Error(`${program}: ${stderr}`);
}

function mountAndBack(): string {
  return `d=$(mktemp -d) && mount -t tmpfs -o size=64k tmpfs "$d" && umount "$d" && rmdir "$d"`;
}
