import { z } from "@hono/zod-openapi";
import { count, tableName } from "./schemas.ts";

/** What SQL answers about the tables as they are now; it describes, as schemas.ts does. */

export const LiveTable = z.object({
  table: tableName,
  estimated_rows: count,
  bytes: count.openapi({ description: "Of the rows, without indexes." }),
  key: z.array(z.string()).nullable(),
  columns: z.array(z.object({
    name: z.string(),
    type: z.string().openapi({ example: "character varying(200)" }),
    family: z.enum(["text", "json", "integer", "number", "date", "timestamp", "other"]).openapi({
      description: "What the rules make of the type.",
    }),
  })),
  references: z.array(tableName).openapi({ description: "Where its foreign keys lead; itself never." }),
  referenced_by: z.array(tableName).openapi({
    description: "Tables of this list whose foreign keys lead here.",
  }),
}).openapi("LiveTable");

export const LiveTables = z.object({ tables: z.array(LiveTable) }).openapi("LiveTables");
