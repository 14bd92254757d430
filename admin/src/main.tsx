import { createClient } from "@supabase/supabase-js";
import { createRoot } from "react-dom/client";
import { useHashLocation } from "wouter/use-hash-location";
import { createApi } from "./api/client.ts";
import { Console } from "./app/Console.tsx";
import { readConfig } from "./config.ts";
import "./styles.css";

const { supabaseUrl, publishableKey } = await readConfig();
const supabase = createClient(supabaseUrl, publishableKey);

createRoot(document.getElementById("console")!).render(
  <Console
    services={{ supabase, api: createApi(supabase), isEmbedded: false }}
    location={useHashLocation}
  />,
);
