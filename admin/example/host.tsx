import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { BackupConsole } from "@alumni-backup/console";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

/** Somebody else's application, as small as it gets: its own client, its own sign-in, and the console as one component. */
function Application({ supabase }: { supabase: SupabaseClient }) {
  const [email, setEmail] = useState<string>();
  useEffect(() => {
    const { data } = supabase.auth.onAuthStateChange((_, session) => setEmail(session?.user.email));
    return () => data.subscription.unsubscribe();
  }, [supabase]);

  return (
    <div className="host-page">
      <h1>Our alumni</h1>
      <button type="button" onClick={() => void supabase.auth.signOut()}>
        Sign out {email}
      </button>
      <BackupConsole
        supabase={supabase}
        recordUrl={(table, id) =>
          table === "public.profiles" ? `/people/${encodeURIComponent(id)}` : undefined}
      />
      <p>The page goes on below.</p>
    </div>
  );
}

const { supabaseUrl, publishableKey } = await (await fetch("./config.json"))
  .json() as Record<string, string>;
const supabase = createClient(supabaseUrl!, publishableKey!);
createRoot(document.getElementById("app")!).render(
  <Application supabase={supabase} />,
);
