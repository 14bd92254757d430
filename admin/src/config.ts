/** Which project the console is for: `config.json`, beside the page. The same build serves every project. */
export interface Config {
  supabaseUrl: string;
  publishableKey: string;
}

export async function readConfig(): Promise<Config> {
  const response = await fetch("./config.json");
  if (!response.ok) {
    throw new Error(
      "config.json is missing: docs/console.md says what stands in it.",
    );
  }
  const { supabaseUrl, publishableKey } = await response.json() as Partial<
    Config
  >;
  if (!publishableKey) throw new Error("config.json has no publishableKey.");
  // The local gateway serves console and project from one origin.
  return { supabaseUrl: supabaseUrl ?? location.origin, publishableKey };
}
