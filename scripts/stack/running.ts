import { Failure } from "./failure.ts";
import type { Project } from "./people.ts";
import { profile, type ProfileName, runningStack } from "./profile.ts";
import { ageKeysOf, secretsOf } from "./secrets.ts";
import { statusOf } from "./status.ts";

export interface RunningProject extends Project {
  status: Record<string, string>;
}

/** The stack that runs now, as other commands see it. */
export async function runningProject(name: ProfileName = "dev"): Promise<RunningProject> {
  const record = runningStack(name);
  if (record?.state !== "running") {
    throw new Failure(record ? "The stack is still starting." : "The stack does not run.", {
      hint: record ? undefined : "Start it with: deno task start",
    });
  }
  const at = profile(name);
  const secrets = secretsOf(at);
  const keys = await ageKeysOf(at);
  const database = `postgresql://postgres:${secrets.databasePassword}@127.0.0.1:${record.ports.db}/postgres`;
  const project = { ports: record.ports, secrets };
  return { ...project, status: statusOf(project, database, keys.file) };
}
