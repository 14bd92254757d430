/** What Linux tells of a process; undefined on other systems. */

/** The most memory that the process ever had resident, in bytes (VmHWM). */
export function peakMemory(pid: number): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? "")?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** CPU time of the process and of all its children, those that have ended included, in seconds. */
export function cpuSeconds(pid: number): number | undefined {
  const times = timesOf(pid);
  if (!times) return undefined;
  const children = (read(`/proc/${pid}/task/${pid}/children`) ?? "").split(" ").filter(Boolean).map(Number);
  return children.reduce((sum, child) => sum + (cpuSeconds(child) ?? 0), times.own + times.ofEnded);
}

/** As cpuSeconds, of the process alone. */
export function ownCpuSeconds(pid: number): number | undefined {
  return timesOf(pid)?.own;
}

/** In /proc a second has a hundred ticks, whatever the kernel's own clock does (USER_HZ). */
const ticksPerSecond = 100;

function timesOf(pid: number): { own: number; ofEnded: number } | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the name in parentheses, which may hold spaces: count from behind it.
  const [user, system, endedUser, endedSystem] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(
    11,
    15,
  )
    .map((ticks) => Number(ticks) / ticksPerSecond);
  return { own: user + system, ofEnded: endedUser + endedSystem };
}

function read(file: string): string | undefined {
  try {
    return Deno.readTextFileSync(file);
  } catch {
    return undefined;
  }
}
