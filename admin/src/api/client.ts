import { FunctionsFetchError, FunctionsHttpError, type SupabaseClient } from "@supabase/supabase-js";
import { offline, problemOf } from "./problem.ts";

export interface Request {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: Record<string, unknown>;
  query?: Record<string, string | number | boolean | undefined>;
  signal?: AbortSignal;
}

/** Calls our functions in the name of whoever is signed in. supabase-js keeps the session and its tokens; we see neither. */
export interface Api {
  <T>(
    path: `/backups${string}` | `/validate${string}`,
    request?: Request,
  ): Promise<T>;
}

export function createApi(supabase: SupabaseClient): Api {
  return async <T>(
    path: string,
    { method = "GET", body, query, signal }: Request = {},
  ): Promise<T> => {
    const { data, error } = await supabase.functions.invoke<T>(
      path.slice(1) + search(query),
      {
        method,
        body,
        signal,
      },
    );
    if (error === null) return data as T;
    signal?.throwIfAborted();
    // Other copies of supabase-js have other classes of the same names.
    const { name, context } = error as { name: string; context: unknown };
    if (name === httpError && context instanceof Response) {
      throw await problemOf(context);
    }
    if (name === fetchError) throw offline();
    throw error;
  };
}

const httpError = new FunctionsHttpError(null).name;
const fetchError = new FunctionsFetchError(null).name;

function search(query: Request["query"] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(
    given.map(([name, value]) => [name, String(value)]),
  )}`;
}
