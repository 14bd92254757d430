import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi } from "../app/services.ts";
import { useDeed } from "./deed.ts";
import type { Backup, BackupDetails, BackupKind, BackupList, BackupStatus, CreateBackup } from "./types.ts";

/** How often things that move are looked at, and things that do not. */
export const lively = 1000;
export const calm = 30_000;

export const isUnderWay = ({ status }: Backup) =>
  status === "queued" || status === "processing" || status === "deleting";

export type SortColumn =
  | "created_at"
  | "file_size"
  | "row_count"
  | "duration_ms";

export interface BackupFilter {
  status?: BackupStatus;
  kind?: BackupKind;
  search?: string;
  sort?: SortColumn;
  order?: "asc" | "desc";
  page: number;
  limit: number;
}

export function useBackups(filter: BackupFilter) {
  const api = useApi();
  return useQuery({
    queryKey: ["backups", "list", filter],
    queryFn: ({ signal }) => api<BackupList>("/backups", { query: { ...filter }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => state.data?.backups.some(isUnderWay) ? lively : calm,
  });
}

/** The newest backup that is being made, whoever asked for it. */
export function useBackupUnderWay() {
  const queries = useQueryClient();
  const { data } = useBackups({ page: 1, limit: 5 });
  const underWay = data?.backups.find(({ status, kind }) =>
    (status === "queued" || status === "processing") && kind !== "safety"
  );
  const id = underWay?.id;
  // When it has ended, everything that is told of backups is another.
  useEffect(() => {
    if (id !== undefined) {
      return () => void queries.invalidateQueries({ queryKey: ["backups"] });
    }
  }, [id, queries]);
  return underWay;
}

/** Completed ones, newest first: what can be restored, and how sizes went. */
export function useCompletedBackups(limit = 50) {
  const api = useApi();
  return useQuery({
    queryKey: ["backups", "completed", limit],
    queryFn: ({ signal }) =>
      api<BackupList>("/backups", {
        query: { status: "completed", limit },
        signal,
      }),
    refetchInterval: calm,
  });
}

/** The same, as far back as somebody looks, and by what is written in their notes. */
export function useRestorable(search: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["backups", "restorable", search],
    queryFn: ({ pageParam, signal }) =>
      api<BackupList>("/backups", {
        query: { status: "completed", search, limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

interface BackupAnswer {
  backup: BackupDetails;
  downloadUrl?: string;
}

export function useBackup(id: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ["backups", "one", id],
    // A link to download it is asked for at the moment of the click: each one is kept in the audit log.
    queryFn: async ({ signal }) =>
      (await api<BackupAnswer>(`/backups/${id}`, {
        query: { link: false },
        signal,
      })).backup,
    enabled: id !== undefined,
    refetchInterval: ({ state }) => state.data && isUnderWay(state.data) ? lively : calm,
  });
}

export function useBackupActions() {
  const api = useApi();
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: ["backups"] });
  const action = <Input, Output>(
    mutationFn: (input: Input) => Promise<Output>,
  ) => ({
    mutationFn,
    onSettled: changed,
  });

  return {
    create: useDeed(
      action((body: CreateBackup) => api<{ backupId: string }>("/backups", { method: "POST", body })),
    ),
    remove: useDeed(
      action((id: string) => api<unknown>(`/backups/${id}`, { method: "DELETE" })),
    ),
    cancel: useDeed(
      action((id: string) => api<unknown>(`/backups/${id}/cancel`, { method: "POST" })),
    ),
    verify: useDeed(
      action((id: string) => api<unknown>(`/backups/${id}/verify`, { method: "POST" })),
    ),
    update: useDeed(
      action((
        { id, ...body }: { id: string; is_pinned?: boolean; notes?: string },
      ) => api<unknown>(`/backups/${id}`, { method: "PATCH", body })),
    ),
    /** The link opens once, for two minutes: so it is asked for at the moment of the click. */
    download: useDeed({
      mutationFn: async (id: string) => (await api<BackupAnswer>(`/backups/${id}`)).downloadUrl,
    }),
  };
}
