import { createApp } from "./app.ts";

export default createApp(Deno.env.toObject());
