import { z } from "@hono/zod-openapi";
import { platform } from "../_shared/fields.ts";
import { cursorPaging } from "./parameters.ts";

/** What requests about notifications may say; strict, as parameters.ts is. */

export const ListNotifications = z.strictObject({
  unread: z.enum(["true", "false"]).optional().transform((given) => given === "true").openapi({
    description: "Only those that the caller has not read.",
  }),
  ...cursorPaging(),
  ...platform(),
});

export const ReadNotifications = z.strictObject({
  ids: z.array(z.int().positive()).min(1).max(1000).nullish().openapi({ description: "By default all." }),
}).openapi("ReadNotifications");
