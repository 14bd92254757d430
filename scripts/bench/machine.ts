import type { Stack } from "../stack/stack.ts";

export interface Machine {
  cpu: string;
  cores: number;
  memoryBytes: number;
  os: string;
  postgres: string;
  deno: string;
}

/** Figures mean nothing without what they were measured on. */
export async function machine({ cluster }: Stack): Promise<Machine> {
  return {
    cpu: cpuName(),
    cores: navigator.hardwareConcurrency,
    memoryBytes: Deno.systemMemoryInfo().total,
    os: `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
    postgres: (await cluster.project.value("show server_version"))!,
    deno: Deno.version.deno,
  };
}

function cpuName(): string {
  try {
    return /^model name\s*: (.+)$/m.exec(Deno.readTextFileSync("/proc/cpuinfo"))?.[1] ?? "unknown";
  } catch {
    return "unknown";
  }
}
