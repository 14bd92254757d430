import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../app/services.ts";
import { useDeed } from "./deed.ts";
import { calm, lively } from "./backups.ts";
import type { Consent, PreviewRestore, Restore, RestoreList, RestoreRows, RowChange } from "./types.ts";

export const isRestoreUnderWay = ({ status }: Pick<Restore, "status">) =>
  status === "queued" || status === "staging" || status === "applying";

export function useRestores() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["restores", "list"],
    queryFn: ({ pageParam, signal }) =>
      api<RestoreList>("/backups/restores", {
        query: { limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    refetchInterval: ({ state }) => state.data?.pages[0]?.restores.some(isRestoreUnderWay) ? lively : calm,
  });
}

export function useRestore(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ["restores", "one", id],
    queryFn: async ({ signal }) =>
      (await api<{ restore: Restore }>(`/backups/restores/${id}`, { signal }))
        .restore,
    refetchInterval: ({ state }) => state.data && isRestoreUnderWay(state.data) ? lively : calm,
  });
}

export interface RowSearch {
  table: string;
  change?: RowChange["change"];
  search?: string;
}

/** Rows of a preview, page by page: all of them, or those that hold a text. */
export function usePreviewRows(
  id: string,
  { table, change, search }: RowSearch,
  enabled: boolean,
) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["restores", "rows", id, table, change, search],
    queryFn: ({ pageParam, signal }) =>
      api<RestoreRows>(`/backups/restores/${id}/rows`, {
        query: { table, change, search, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    enabled,
  });
}

interface Asked {
  restoreId: string;
}

const said = (accepted: Consent[]) => Object.fromEntries(accepted.map((consent) => [consent, true]));

export function useRestoreActions() {
  const api = useApi();
  const queries = useQueryClient();
  const changed = () =>
    Promise.all(
      ["restores", "backups"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
  const action = <Input, Output>(
    mutationFn: (input: Input) => Promise<Output>,
  ) => ({
    mutationFn,
    onSettled: changed,
  });

  return {
    preview: useDeed(
      action(({ backupId, ...body }: PreviewRestore & { backupId: string }) =>
        api<Asked>(`/backups/${backupId}/preview`, { method: "POST", body })
      ),
    ),
    apply: useDeed(
      action((
        { restore, accepted }: { restore: Restore; accepted: Consent[] },
      ) =>
        api<Asked>(`/backups/${restore.backup_id}/restore`, {
          method: "POST",
          body: {
            restore_id: restore.id,
            ...said(accepted),
          },
        })
      ),
    ),
    undo: useDeed(
      action(({ id, accepted }: { id: string; accepted: Consent[] }) =>
        api<Asked>(`/backups/restores/${id}/undo`, {
          method: "POST",
          body: said(accepted),
        })
      ),
    ),
    discard: useDeed(
      action((id: string) => api<unknown>(`/backups/restores/${id}`, { method: "DELETE" })),
    ),
  };
}
