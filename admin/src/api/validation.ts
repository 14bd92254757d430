import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../app/services.ts";
import { useDeed } from "./deed.ts";
import type { Rule, RuleDraft, StoredReport } from "./types.ts";

/** The newest report that was stored, and a run of now, which takes its place. Nothing runs until somebody asks. */
export function useValidation() {
  const api = useApi();
  const queries = useQueryClient();
  const last = useQuery({
    queryKey: ["validation"],
    queryFn: async ({ signal }) =>
      (await api<{ report: StoredReport | null }>("/validate/last", { signal }))
        .report,
  });
  const run = useDeed({
    mutationFn: () => api<StoredReport>("/validate"),
    onSuccess: (made) => queries.setQueryData(["validation"], made),
  });
  return { last, run };
}

export function useRules() {
  const api = useApi();
  return useQuery({
    queryKey: ["rules"],
    queryFn: async ({ signal }) => (await api<{ rules: Rule[] }>("/validate/rules", { signal })).rules,
  });
}

export function useRuleActions() {
  const api = useApi();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: ["rules"] });
  return {
    change: useDeed({
      mutationFn: (
        { id, ...body }: {
          id: string;
          severity?: Rule["severity"];
          is_enabled?: boolean;
        },
      ) =>
        api<unknown>(`/validate/rules/${encodeURIComponent(id)}`, {
          method: "PATCH",
          body,
        }),
      onSettled,
    }),
    add: useDeed({
      mutationFn: (body: RuleDraft) => api<unknown>("/validate/rules", { method: "POST", body: { ...body } }),
      onSettled,
    }),
    remove: useDeed({
      mutationFn: (id: string) =>
        api<unknown>(`/validate/rules/${encodeURIComponent(id)}`, {
          method: "DELETE",
        }),
      onSettled,
    }),
  };
}
