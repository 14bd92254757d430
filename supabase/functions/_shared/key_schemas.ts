import { z } from "@hono/zod-openapi";

const Recipient = z.string().openapi({ description: "A public key of age.", example: "age1…" });

/** Public keys only: an identity never leaves the functions' environment. */
export const Keys = z.object({
  recipients: z.array(Recipient).openapi({ description: "What backups are encrypted to." }),
  identities: z.array(z.object({ recipient: Recipient })).openapi({
    description: "The public halves of the identities that are configured.",
  }),
  can_read: z.boolean().openapi({
    description: "Backups that are made now can be read here: one of the identities is of a recipient.",
  }),
  last_backup_readable: z.boolean().nullable().openapi({
    description: "Tried with the newest completed backup; null: there is none, or it could not be fetched.",
  }),
}).openapi("Keys");
