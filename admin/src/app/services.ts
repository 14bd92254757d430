import type { SupabaseClient } from "@supabase/supabase-js";
import { createContext, useContext } from "react";
import type { Api } from "../api/client.ts";

/** What the screens are given from outside. */
export interface Services {
  supabase: SupabaseClient;
  api: Api;
  /** Where a record can be seen in the alumni application, when it says so. */
  recordUrl?: (table: string, recordId: string) => string | undefined;
  /** Inside somebody else's application: it has a header, a menu and a sign-in of its own. */
  isEmbedded: boolean;
  /** The host's own way to sign in; without it, e-mail and password. */
  onSignIn?: () => void;
  /** The host decides about light and dark. */
  forcedColorScheme?: "light" | "dark";
}

const ServicesContext = createContext<Services | null>(null);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("This must be inside the console.");
  return services;
}

export const useApi = () => useServices().api;
