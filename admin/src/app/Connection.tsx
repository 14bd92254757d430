import { useQueryClient } from "@tanstack/react-query";
import { IconCloudOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { asApiError } from "../api/problem.ts";

/**
 * Said while the server does not answer: what stands on the page is from before. It asks on by itself, and once there
 * is an answer, everything is asked for anew.
 */
export function Connection() {
  const isLost = useLostConnection();
  return (
    <div role="status" className="bc-connection" data-lost={isLost || undefined}>
      {isLost && (
        <>
          <IconCloudOff size={17} aria-hidden />
          <span>
            No connection to the server. What you see is as of before; this page goes on by itself.
          </span>
        </>
      )}
    </div>
  );
}

function useLostConnection(): boolean {
  const queries = useQueryClient();
  const [isLost, setLost] = useState(false);

  useEffect(() =>
    queries.getQueryCache().subscribe((event) => {
      if (event.type !== "updated") return;
      if (event.action.type === "success") setLost(false);
      if (event.action.type === "failed" || event.action.type === "error") {
        if (asApiError(event.action.error).code === "offline") setLost(true);
      }
    }), [queries]);

  // Browsers know when they are cut off, though not whether they are connected: that, an answer has to show.
  useEffect(() => {
    const lose = () => setLost(true);
    addEventListener("offline", lose);
    return () => removeEventListener("offline", lose);
  }, []);

  useEffect(() => {
    if (!isLost) return;
    const timer = setInterval(() => void queries.refetchQueries(probe), 4000);
    return () => {
      clearInterval(timer);
      void queries.invalidateQueries();
    };
  }, [isLost, queries]);

  return isLost;
}

/** The list that is always looked at: of whoever may be here, and whether a backup is under way. */
const probe = { queryKey: ["backups", "list"], type: "active" } as const;
