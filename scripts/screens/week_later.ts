import { goTo, phone, signIn, withPage } from "../../supabase/tests/console/_support/browser.ts";
import { makeBackup } from "../../supabase/tests/console/_support/waiting.ts";
import { call, json, secret } from "../../supabase/tests/functions/_support/api.ts";
import { sql } from "../../supabase/tests/functions/_support/stack.ts";
import { take } from "./camera.ts";

const nights = 7;

/** Real backups, made one after the other while openings are added; then each is moved into a night of its own. */
export async function weekLater(): Promise<void> {
  const [first] = await sql`select id from public.backups`;
  await move(first.id, nights);
  for (let left = nights - 1; left >= 0; left--) {
    await sql`
      insert into public.jobs (title, company_name, description, location, expires_at)
      select 'Opening ' || n, 'Harbour Museum', 'Two days a week, from spring.', 'Lisbon', '2041-01-31'
      from generate_series(1, ${3 + left * 5 % 7}) as n`;
    const { id } = await makeBackup("");
    await sql`update public.backups set kind = 'daily', notes = null where id = ${id}`;
    if (left === 0) await json(call("POST", `/backups/${id}/verify`, { as: secret }), 202);
    await move(id, left);
  }
  await withPage(async (page) => {
    await signIn(page);
    await page.getByText("Your data was backed up").waitFor();
    await take(page, "week-later");
  });
  await withPage(async (page) => {
    await signIn(page);
    await page.getByText("Your data was backed up").waitFor();
    await take(page, "phone");
    await goTo(page, "restore/new");
    await page.getByText("Completed backups").waitFor();
    await take(page, "phone-restore");
  }, { ...phone, colorScheme: "dark" });
}

async function move(id: string, nights: number): Promise<void> {
  await sql`
    update public.backups
    set created_at = created_at - ago, started_at = started_at - ago, completed_at = completed_at - ago,
      snapshot = snapshot || jsonb_build_object('taken_at', backup.iso((snapshot ->> 'taken_at')::timestamptz - ago))
    from (select ${`${nights} days 7 hours`}::interval as ago) as moved
    where id = ${id}`;
}
