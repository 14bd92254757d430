import postgres from "postgres";

/** The running stack, as `deno task status` and the functions' own environment name it. */
export const stack = {
  apiUrl: variable("API_URL"),
  publishableKey: variable("PUBLISHABLE_KEY"),
  secretKey: variable("SECRET_KEY"),
  databaseUrl: variable("DB_URL"),
  adminEmail: variable("ADMIN_EMAIL"),
  memberEmail: variable("MEMBER_EMAIL"),
  password: variable("ADMIN_PASSWORD"),
};

/** To arrange what the API cannot, and to look behind it. */
export const sql = postgres(stack.databaseUrl, { max: 2, idle_timeout: 1, onnotice: () => {} });

export function variable(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set: run these tests with \`deno task test functions\``);
  return value;
}

/** A test with connections that live longer than itself. */
export function test(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}
