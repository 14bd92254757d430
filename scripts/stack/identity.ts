/**
 * A process id alone does not say whose process it is: ids are used again. Together with the moment at which
 * the process began it does, so nothing is ever signalled that we did not start.
 */
export interface Identity {
  pid: number;
  began: string;
}

export function identify(pid: number): Identity {
  return { pid, began: beginning(pid) ?? "" };
}

export function isSame({ pid, began }: Identity): boolean {
  return began !== "" && beginning(pid) === began;
}

/** When the process began, in whatever words the system has for it; undefined when it is gone or a zombie. */
function beginning(pid: number): string | undefined {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // The second field is the name in parentheses, which may hold spaces: count from behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch (error) {
    if (exists("/proc/self/stat")) return undefined;
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const { success, stdout } = new Deno.Command("ps", { args: ["-o", "lstart=", "-p", String(pid)] })
    .outputSync();
  return success ? new TextDecoder().decode(stdout).trim() || undefined : undefined;
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
