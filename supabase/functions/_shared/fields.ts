import { z } from "@hono/zod-openapi";

/** Fields of requests, as every function reads them. */

/** Null is as good as absent. */
export function flag(description: string) {
  return z.boolean().nullish().transform((given) => given ?? undefined).openapi({ description });
}

/** Postgres has no place for NUL in a text. */
export function text(maxLength: number) {
  return z.string().max(maxLength).refine((value) => !value.includes("\0"), "must not hold a NUL character");
}

/** Added by supabase.functions.invoke() when it is given a region. */
export function platform() {
  return {
    forceFunctionRegion: z.string().optional().openapi({
      param: { name: "forceFunctionRegion", in: "query" },
    }),
  };
}
