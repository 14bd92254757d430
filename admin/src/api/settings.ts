import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../app/services.ts";
import { useDeed } from "./deed.ts";
import { calm } from "./backups.ts";
import { ApiError } from "./problem.ts";
import type {
  ChangeRetention,
  ChangeSchedules,
  HealthReport,
  Keys,
  Retention,
  RetentionPreview,
  Schedules,
} from "./types.ts";

export function useSchedules() {
  const api = useApi();
  return useQuery({
    queryKey: ["schedules"],
    queryFn: ({ signal }) => api<Schedules>("/backups/schedules", { signal }),
    refetchInterval: calm,
  });
}

export function useRetention() {
  const api = useApi();
  return useQuery({
    queryKey: ["retention", "rules"],
    queryFn: async ({ signal }) =>
      (await api<{ retention: Retention }>("/backups/retention", { signal }))
        .retention,
  });
}

/** What the next clean-up would keep and remove under these rules. Changes nothing. */
export function useRetentionPreview(rules: Retention | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ["retention", "preview", rules],
    queryFn: ({ signal }) => {
      const query = Object.fromEntries(
        Object.entries(rules ?? {}).map((
          [name, value],
        ) => [name, value ?? "none"]),
      );
      return api<RetentionPreview>("/backups/retention/preview", {
        query,
        signal,
      });
    },
    enabled: rules !== undefined,
    placeholderData: keepPreviousData,
  });
}

export function useKeys() {
  const api = useApi();
  return useQuery({
    queryKey: ["keys"],
    queryFn: ({ signal }) => api<Keys>("/backups/keys", { signal }),
  });
}

export function useHealth() {
  const api = useApi();
  return useQuery({
    queryKey: ["backups", "health"],
    queryFn: async ({ signal }) => {
      try {
        return await api<HealthReport>("/backups/health", { signal });
      } catch (error) {
        // 503 says that something needs attention, and what: an answer, not a failure of the call.
        if (
          error instanceof ApiError && error.status === 503 &&
          "checks" in error.members
        ) {
          return error.members as unknown as HealthReport;
        }
        throw error;
      }
    },
    refetchInterval: calm,
  });
}

export function useSettingsActions() {
  const api = useApi();
  const queries = useQueryClient();
  const onSettled = () =>
    Promise.all(
      ["schedules", "retention", "backups"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
  return {
    setSchedules: useDeed({
      mutationFn: (body: ChangeSchedules) =>
        api<Schedules>("/backups/schedules", {
          method: "PUT",
          body: { ...body },
        }),
      onSettled,
    }),
    setRetention: useDeed({
      mutationFn: (body: ChangeRetention) => api<unknown>("/backups/retention", { method: "PUT", body }),
      onSettled,
    }),
    test: useDeed({
      mutationFn: () => api<unknown>("/backups/notifications/test", { method: "POST" }),
      onSettled: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
    }),
  };
}
