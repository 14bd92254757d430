import { z } from "@hono/zod-openapi";

/** What SQL answers about whoever asks; it describes, as schemas.ts does. */
export const Me = z.object({
  id: z.uuid().nullable().openapi({ description: "Null: a secret key." }),
  kind: z.enum(["person", "service"]),
  name: z.string().nullable().openapi({ description: "Of the profile, or of the key." }),
  email: z.string().nullable(),
  roles: z.array(z.string()),
}).openapi("Me");
