import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useServices } from "./services.ts";

export interface Person {
  id: string;
  email: string | undefined;
}

export type Session =
  | { status: "loading" }
  | { status: "signed-out" }
  /** There was a session, and it ended by itself: whoever comes back goes on where they were. */
  | { status: "expired"; person: Person }
  | { status: "signed-in"; person: Person };

interface SessionActions {
  session: Session;
  /** Somebody else's words for "this session is over": the API answered 401. */
  expire: () => void;
  signOut: () => Promise<void>;
}

const SessionContext = createContext<SessionActions | null>(null);

export function useSession(): SessionActions {
  const value = useContext(SessionContext);
  if (!value) throw new Error("This must be inside a SessionProvider.");
  return value;
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const { supabase } = useServices();
  const [session, setSession] = useState<Session>({ status: "loading" });

  useEffect(() => {
    const { data } = supabase.auth.onAuthStateChange((event, current) => {
      const person = current &&
        { id: current.user.id, email: current.user.email };
      setSession((before) => {
        if (person) {
          return isSame(before, person) && event !== "SIGNED_IN" ? before : { status: "signed-in", person };
        }
        return before.status === "signed-in" || before.status === "expired"
          ? { status: "expired", person: before.person }
          : { status: "signed-out" };
      });
    });
    return () => data.subscription.unsubscribe();
  }, [supabase]);

  const actions = useMemo<SessionActions>(() => ({
    session,
    expire: () =>
      setSession((before) =>
        before.status === "signed-in" ? { status: "expired", person: before.person } : before
      ),
    signOut: async () => {
      setSession({ status: "signed-out" });
      await supabase.auth.signOut({ scope: "local" });
    },
  }), [session, supabase]);

  return (
    <SessionContext.Provider value={actions}>
      {children}
    </SessionContext.Provider>
  );
}

const isSame = (before: Session, { id }: Person) => before.status === "signed-in" && before.person.id === id;
