import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "../components/States.tsx";
import { useServices } from "./services.ts";
import { useSession } from "./session.tsx";

export function Forbidden() {
  const { session, signOut } = useSession();
  const { isEmbedded } = useServices();
  const email = "person" in session ? session.person.email : undefined;
  return (
    <main className="bc-alone">
      <EmptyState
        level={1}
        icon={IconLock}
        title="This page is for administrators"
        action={!isEmbedded && (
          <Button
            variant="default"
            onClick={() => void signOut()}
          >
            Sign in as somebody else
          </Button>
        )}
      >
        <p>
          You are signed in{email && (
            <>
              {" "}
              as <strong>{email}</strong>
            </>
          )}, who is not an administrator of this alumni system. If you should be, ask one of the
          administrators to give you the role.
        </p>
      </EmptyState>
    </main>
  );
}
