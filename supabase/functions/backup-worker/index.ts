import { readEnv } from "../_shared/env.ts";
import { createServices } from "../_shared/services.ts";
import { createWorkerApp } from "./app.ts";

const app = createWorkerApp(createServices(readEnv(Deno.env.toObject()), "backup-worker"));

export default { fetch: (request: Request) => app.fetch(request) };
