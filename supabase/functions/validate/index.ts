import { readEnv } from "../_shared/env.ts";
import { createServices } from "../_shared/services.ts";
import { createValidateApp } from "./app.ts";

const app = createValidateApp(createServices(readEnv(Deno.env.toObject()), "validate"));

export default { fetch: (request: Request) => app.fetch(request) };
