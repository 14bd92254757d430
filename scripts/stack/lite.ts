import { root } from "./profile.ts";
import type { Ports, Profile } from "./profile.ts";
import { writePrivate } from "./profile.ts";
import type { Cluster } from "./postgres.ts";
import type { Secrets } from "./secrets.ts";
import { Service } from "./service.ts";

/** REST, Auth and Storage, compatible with the hosted ones, on our Postgres. */
export async function startLite(
  at: Profile,
  ports: Ports,
  secrets: Secrets,
  cluster: Cluster,
  started: (service: Service) => void,
): Promise<{ reload: () => Promise<void> }> {
  const config = `${at.folder}/lite.toml`;
  writePrivate(config, configuration(ports, secrets, cluster));
  const service = new Service(at, {
    name: "lite",
    program: Deno.execPath(),
    args: [
      ["run", "--allow-all", "--no-prompt", "--config", `${root}/deno.json`],
      ["npm:@supabase/lite@0.10.0", "start", "--no-admin", "--config", config],
    ].flat(),
    env: { ...inherited(), EXPERIMENTAL_STORAGE: "1", DO_NOT_TRACK: "1", NO_COLOR: "1" },
    // Stored objects go to a folder below the one that it runs in.
    cwd: at.folder,
    restarts: true,
    stopSignal: "SIGTERM",
  });
  started(service);
  const start = () => {
    service.start();
    return service.until(() => answers(`http://127.0.0.1:${ports.lite}/auth/v1/health`));
  };
  await start();
  await cluster.superuser.file(`${root}/scripts/stack/sql/services.sql`);
  // It reads the tables of the database once only.
  return { reload: () => service.stop().then(start) };
}

function configuration(ports: Ports, secrets: Secrets, cluster: Cluster): string {
  const quoted = (text: string) => JSON.stringify(text);
  return `project_id = "local"

[api]
port = ${ports.lite}

[db]
driver = "postgres"
url = ${quoted(cluster.services.url)}

[auth]
enabled = true
site_url = "http://127.0.0.1:${ports.gateway}"
jwt_secret = ${quoted(secrets.jwtSecret)}
jwt_expiry = 3600
enable_signup = true
publishable_key = ${quoted(secrets.publishableKey)}
secret_key = ${quoted(secrets.secretKey)}

[auth.email]
enable_confirmations = false

[storage]
enabled = true
`;
}

/** What a program of the stack may know of the environment it was started in. */
export function inherited(): Record<string, string> {
  const wanted = ["PATH", "HOME", "DENO_DIR", "XDG_CACHE_HOME", "TMPDIR", "LANG", "NODE_EXTRA_CA_CERTS"];
  const more = ["DENO_CERT", "DENO_TLS_CA_STORE", "SSL_CERT_FILE", "NPM_CONFIG_REGISTRY"];
  return present([...wanted, ...more]);
}

/** Those of our own variables that are set. */
export function present(names: string[]): Record<string, string> {
  const known = names.map((name) => [name, Deno.env.get(name)]);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

/** Any answer but a failure of the server itself. */
export async function answers(url: string, headers: Record<string, string> = {}): Promise<boolean> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
