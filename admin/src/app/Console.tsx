import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { useMemo } from "react";
import { type BaseLocationHook, Router } from "wouter";
import { createQueries } from "./queries.ts";
import { Screens } from "./Screens.tsx";
import { type Services, ServicesProvider } from "./services.ts";
import { SessionProvider, useSession } from "./session.tsx";
import { SessionGate } from "./SessionGate.tsx";
import { StyleRoot } from "./StyleRoot.tsx";

/** The whole console, wherever it is shown. */
export function Console(
  { services, location }: { services: Services; location: BaseLocationHook },
) {
  return (
    <ServicesProvider value={services}>
      <StyleRoot>
        <Notifications position="bottom-right" limit={3} />
        <SessionProvider>
          <Queries>
            <Router hook={location}>
              <SessionGate>
                <Screens />
              </SessionGate>
            </Router>
          </Queries>
        </SessionProvider>
      </StyleRoot>
    </ServicesProvider>
  );
}

function Queries({ children }: { children: React.ReactNode }) {
  const { session, expire } = useSession();
  const person = "person" in session ? session.person.id : undefined;
  // Another person must not see, not even for a moment, what the one before was shown.
  const client = useMemo(() => createQueries(expire), [person]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
