import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { asApiError } from "../api/problem.ts";
import { useBackups } from "../api/backups.ts";
import { Dialog } from "../components/Dialog.tsx";
import { Forbidden } from "./Forbidden.tsx";
import { useSession } from "./session.tsx";
import { SignIn } from "./SignIn.tsx";

/** Who may see the screens. When a session ends by itself the screens stay, under the question to sign in again. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { session } = useSession();
  useRefetchAfter(session.status);
  if (session.status === "loading") return null;
  if (session.status === "signed-out") return <SignIn />;
  return (
    <>
      <Admission>{children}</Admission>
      {session.status === "expired" && (
        <Dialog
          size="md"
          onClose={() => {}}
          title="Your session has ended"
          withCloseButton={false}
          closeOnEscape={false}
          closeOnClickOutside={false}
          // Who has left, here or in another window, leaves nothing to be read.
          overlayProps={{ color: "var(--mantine-color-body)", backgroundOpacity: 1 }}
        >
          <SignIn isAgain email={session.person.email} />
        </Dialog>
      )}
    </>
  );
}

/** The server decides who is an administrator; the first list that it refuses says it. */
function Admission({ children }: { children: ReactNode }) {
  const { error } = useBackups({ page: 1, limit: 5 });
  return error && asApiError(error).status === 403 ? <Forbidden /> : children;
}

function useRefetchAfter(status: string): void {
  const queries = useQueryClient();
  const before = useRef(status);
  useEffect(() => {
    if (before.current === "expired" && status === "signed-in") {
      void queries.invalidateQueries();
    }
    before.current = status;
  }, [status, queries]);
}
