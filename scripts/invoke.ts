/** deno task invoke <function> <METHOD> <path> [json] [--as admin|super|member|secret] */
import { parseArgs } from "node:util";
import { Failure, main } from "./stack/failure.ts";
import { apiUrl, asSecret, people, type Person, signIn } from "./stack/people.ts";
import { print, printError } from "./stack/print.ts";
import { runningProject } from "./stack/running.ts";

await main(async () => {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    options: { as: { type: "string", default: "admin" } },
    allowPositionals: true,
  });
  const [name, method, path = "", body] = positionals;
  if (!name || !method) {
    throw new Failure(
      "Usage: deno task invoke <function> <METHOD> <path> [json] [--as admin|super|member|secret]",
    );
  }
  const project = await runningProject();
  const headers = values.as === "secret" ? asSecret(project) : await signIn(project, emailOf(values.as));
  const separator = path === "" || /^[/?]/.test(path) ? "" : "/";
  const response = await fetch(`${apiUrl(project.ports)}/functions/v1/${name}${separator}${path}`, {
    method: method.toUpperCase(),
    headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    body,
  });
  printError(`${response.status} ${response.statusText}`);
  await show(response);
  return response.ok ? 0 : 1;
});

function emailOf(who: string): string {
  if (who in people) return people[who as Person];
  throw new Failure(`--as ${who}: there are admin, super, member and secret.`);
}

/** JSON indented for people; anything else as it comes, so that a download can go into a file. */
async function show(response: Response): Promise<void> {
  const type = response.headers.get("content-type") ?? "";
  if (/\bjson\b/.test(type)) print(JSON.stringify(await response.json(), null, 2));
  else await response.body?.pipeTo(Deno.stdout.writable, { preventClose: true });
}
