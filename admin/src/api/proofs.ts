import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useApi } from "../app/services.ts";
import { calm, lively } from "./backups.ts";
import type { Job, JobList } from "./types.ts";

/** The drill of this backup that waits or runs; when it ends, the backup is looked at again. */
export function useProofUnderWay(backupId: string): Job | undefined {
  const api = useApi();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ["backups", "proofs"],
    queryFn: async ({ signal }) =>
      (await api<JobList>("/backups/jobs", {
        query: { kind: "verify", limit: 20 },
        signal,
      })).jobs.filter(
        isUnderWay,
      ),
    refetchInterval: ({ state }) => state.data?.length ? lively : calm,
  });
  const job = data?.find(({ backup_id }) => backup_id === backupId);
  const before = useRef<string>(undefined);
  useEffect(() => {
    if (before.current && !job) {
      void queries.invalidateQueries({
        queryKey: ["backups", "one", backupId],
      });
    }
    before.current = job?.id;
  }, [job, queries, backupId]);
  return job;
}

const isUnderWay = ({ status }: Job) => status === "queued" || status === "running";
