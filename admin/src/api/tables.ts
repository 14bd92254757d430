import { useQuery } from "@tanstack/react-query";
import { useApi } from "../app/services.ts";
import type { LiveTable } from "./types.ts";

/** The tables that a backup would hold, as they are now. */
export function useLiveTables() {
  const api = useApi();
  return useQuery({
    queryKey: ["tables"],
    queryFn: async ({ signal }) =>
      (await api<{ tables: LiveTable[] }>("/backups/tables", { signal }))
        .tables,
    staleTime: 60_000,
  });
}
