import type { SupabaseClient } from "@supabase/supabase-js";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { memoryLocation } from "wouter/memory-location";
import { useHashLocation } from "wouter/use-hash-location";
import { createApi } from "./api/client.ts";
import { adoptStyles } from "./app/adopt_styles.ts";
import { Console } from "./app/Console.tsx";
import styles from "./styles.css?inline";

export interface BackupConsoleProps {
  /** The application's own client; whoever is signed in there is signed in here. */
  supabase: SupabaseClient;
  /**
   * `hash` (the default) keeps the place in the part of the address behind `#`, so that links, reloads and the back
   * button work. `memory` leaves the address alone: for applications that use the hash themselves.
   */
  routing?: "hash" | "memory";
  /** Without it, the console follows the person's own choice, or the system's. */
  colorScheme?: "light" | "dark";
  /** Where a record of a table can be seen, for links in validation reports and previews. */
  recordUrl?: (table: string, recordId: string) => string | undefined;
  /** Called when somebody must sign in. Without it, the console asks for e-mail and password itself. */
  onSignIn?: () => void;
}

/** The console, in a shadow root: no style of the page reaches it, and none of its own gets out. */
export function BackupConsole(
  { supabase, routing = "hash", colorScheme, recordUrl, onSignIn }: BackupConsoleProps,
) {
  const host = useRef<HTMLDivElement>(null);
  const [shadow, setShadow] = useState<ShadowRoot>();
  const location = useMemo(
    () => routing === "hash" ? useHashLocation : memoryLocation().hook,
    [routing],
  );
  const api = useMemo(() => createApi(supabase), [supabase]);

  useLayoutEffect(() => {
    // A root cannot be detached from its element, so one that is there already is used again.
    const root = host.current!.shadowRoot ??
      host.current!.attachShadow({ mode: "open" });
    setShadow(root);
    return adoptStyles(root, styles);
  }, []);

  return (
    <div ref={host}>
      {shadow && createPortal(
        <Console
          services={{
            supabase,
            api,
            recordUrl,
            onSignIn,
            forcedColorScheme: colorScheme,
            isEmbedded: true,
          }}
          location={location}
        />,
        shadow,
      )}
    </div>
  );
}
