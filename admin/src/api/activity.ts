import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../app/services.ts";
import { useDeed } from "./deed.ts";
import { calm } from "./backups.ts";
import type { AuditList, NotificationList } from "./types.ts";

export interface AuditFilter {
  action?: string;
  outcome?: string;
  target?: string;
}

export function useAudit(filter: AuditFilter, limit = 50) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["audit", filter, limit],
    queryFn: ({ pageParam, signal }) =>
      api<AuditList>("/backups/audit", {
        query: { ...filter, limit, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
}

export function useNotifications(limit = 20) {
  const api = useApi();
  return useQuery({
    queryKey: ["notifications", limit],
    queryFn: ({ signal }) =>
      api<NotificationList>("/backups/notifications", {
        query: { limit },
        signal,
      }),
    refetchInterval: calm,
  });
}

/** All of them, newest first, as far back as somebody wants to read. */
export function useNews() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["notifications", "pages"],
    queryFn: ({ pageParam, signal }) =>
      api<NotificationList>("/backups/notifications", {
        query: { limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    refetchInterval: calm,
  });
}

export function useMarkRead() {
  const api = useApi();
  const queries = useQueryClient();
  return useDeed({
    mutationFn: (ids: number[] | undefined) =>
      api<unknown>("/backups/notifications/read", {
        method: "POST",
        body: ids ? { ids } : {},
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
}
