import { readEnv } from "../_shared/env.ts";
import { createServices } from "../_shared/services.ts";
import { createBackupsApp } from "./app.ts";

const app = createBackupsApp(createServices(readEnv(Deno.env.toObject()), "backups"));

export default { fetch: (request: Request) => app.fetch(request) };
