import { corsHeaders } from "@supabase/supabase-js/cors";
import type { MiddlewareHandler } from "hono";

/**
 * As functions of the platform answer: any origin, because a credential is
 * always sent in a header and never in a cookie.
 */
export function cors(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === "OPTIONS") {
      return new Response(null, {
        status: 204,
        headers: { ...allHeaders, "access-control-max-age": "86400" },
      });
    }
    await next();
    for (const [name, value] of Object.entries(allHeaders)) context.header(name, value);
  };
}

const allHeaders = {
  ...corsHeaders,
  // supabase.functions.invoke() sends it when it is given a region.
  "Access-Control-Allow-Headers": `${corsHeaders["Access-Control-Allow-Headers"]}, x-region`,
  "Access-Control-Expose-Headers": "content-disposition, content-length, retry-after, x-request-id",
};
