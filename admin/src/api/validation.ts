import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../app/services.ts";
import { useDeed } from "./deed.ts";
import { useBackup, useCompletedBackups } from "./backups.ts";
import type { ValidationReport } from "./types.ts";

/** The report of the last run in this tab. Validation reads whole tables, so nothing runs until somebody asks. */
export function useValidation() {
  const api = useApi();
  const queries = useQueryClient();
  const report = useQuery<ValidationReport>({
    queryKey: ["validation"],
    enabled: false,
    staleTime: Infinity,
  });
  const run = useDeed({
    mutationFn: () => api<ValidationReport>("/validate"),
    onSuccess: (made) => queries.setQueryData(["validation"], made),
  });
  return { report: report.data, run };
}

/** What the newest backup found in its snapshot: what a run of now is compared with. */
export function useReportOfLastBackup() {
  const newest = useCompletedBackups().data?.backups.find(({ kind }) =>
    kind !== "safety" && kind !== "imported"
  );
  const backup = useBackup(newest?.id);
  const { tables, started_at } = backup.data?.validation_results ?? {};
  return { backup: backup.data, tables, startedAt: started_at, isLoading: backup.isLoading };
}

export interface Rule {
  id: string;
  table_name: string;
  columns: string[];
  kind: string;
  parameters: Record<string, unknown>;
  severity: "error" | "warning";
  title: string;
  message: string;
  suggestion: string | null;
  is_enabled: boolean;
  origin: "built_in" | "custom";
  is_adjusted: boolean;
  applies_to: string[];
  reason: string | null;
}

export type RuleDraft =
  & Pick<Rule, "table_name" | "columns" | "kind" | "parameters" | "severity" | "title">
  & {
    suggestion?: string;
  };

export function useRules() {
  const api = useApi();
  return useQuery({
    queryKey: ["rules"],
    queryFn: async ({ signal }) => (await api<{ rules: Rule[] }>("/validate/rules", { signal })).rules,
    retry: false,
  });
}

export function useRuleActions() {
  const api = useApi();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: ["rules"] });
  return {
    change: useDeed({
      mutationFn: ({ id, ...body }: { id: string; severity?: Rule["severity"]; is_enabled?: boolean }) =>
        api<unknown>(`/validate/rules/${encodeURIComponent(id)}`, { method: "PATCH", body }),
      onSettled,
    }),
    add: useDeed({
      mutationFn: (body: RuleDraft) => api<unknown>("/validate/rules", { method: "POST", body }),
      onSettled,
    }),
    remove: useDeed({
      mutationFn: (id: string) =>
        api<unknown>(`/validate/rules/${encodeURIComponent(id)}`, { method: "DELETE" }),
      onSettled,
    }),
  };
}
