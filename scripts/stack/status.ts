import { apiUrl, password, people, type Project } from "./people.ts";

/** What people, scripts and tests need to know of a running stack, as NAME=value. */
export function statusOf(
  project: Project,
  databaseUrl: string,
  identityFile: string,
): Record<string, string> {
  const url = apiUrl(project.ports);
  return {
    API_URL: url,
    PUBLISHABLE_KEY: project.secrets.publishableKey,
    SECRET_KEY: project.secrets.secretKey,
    JWT_SECRET: project.secrets.jwtSecret,
    DB_URL: databaseUrl,
    CONSOLE_URL: `${url}/admin/`,
    ADMIN_EMAIL: people.admin,
    ADMIN_PASSWORD: password,
    SUPER_EMAIL: people.super,
    MEMBER_EMAIL: people.member,
    AGE_IDENTITY_FILE: identityFile,
  };
}
