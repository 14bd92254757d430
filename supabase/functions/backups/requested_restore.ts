import { z } from "@hono/zod-openapi";
import { Restore } from "../_shared/restore_schemas.ts";

/** The answer to whoever asks for a restore. */
export const RequestedRestore = z.object({
  restore: Restore,
  restoreId: z.uuid().openapi({ description: "The id once more." }),
}).openapi("RequestedRestore");
