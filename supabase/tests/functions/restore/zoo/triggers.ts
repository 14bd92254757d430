import type { Specimen } from "../_support/specimen.ts";

const refuse =
  `create trigger %s before insert or update or delete on public.%t for each row execute function zoo.refuse();
  create trigger %s_all after insert or update or delete or truncate on public.%t for each statement execute function zoo.refuse();`;
const rows = (table: string) => `
  create table public.${table} (id integer primary key, body text);
  insert into public.${table} select n, 'there before' from generate_series(1, 30) as n;`;
const changes = (table: string) => `
  alter table public.${table} disable trigger user;
  update public.${table} set body = 'changed' where id < 10;
  delete from public.${table} where id > 20;
  insert into public.${table} values (50, 'new');
  alter table public.${table} enable trigger user;`;
const refusing = (table: string) => refuse.replaceAll("%t", table).replaceAll("%s", `refuse_${table}`);

/** Code of somebody else that wants to have a say when rows are written. */
export const triggers: Specimen[] = [
  {
    name: "triggers that refuse every write",
    tables: ["zoo_refusing", "zoo_refusing_always", "zoo_refusing_replica"],
    create: `
      create function zoo.refuse() returns trigger language plpgsql as 'begin raise exception ''no write here''; end';
      ${
      ["zoo_refusing", "zoo_refusing_always", "zoo_refusing_replica"].map((table) =>
        rows(table) + refusing(table)
      ).join("")
    }
      alter table public.zoo_refusing_always enable always trigger refuse_zoo_refusing_always;
      alter table public.zoo_refusing_always enable always trigger refuse_zoo_refusing_always_all;
      alter table public.zoo_refusing_replica enable replica trigger refuse_zoo_refusing_replica;
      alter table public.zoo_refusing_replica enable replica trigger refuse_zoo_refusing_replica_all;`,
    edit: `
      ${["zoo_refusing", "zoo_refusing_always", "zoo_refusing_replica"].map(changes).join("")}
      alter table public.zoo_refusing_always enable always trigger refuse_zoo_refusing_always;
      alter table public.zoo_refusing_always enable always trigger refuse_zoo_refusing_always_all;
      alter table public.zoo_refusing_replica enable replica trigger refuse_zoo_refusing_replica;
      alter table public.zoo_refusing_replica enable replica trigger refuse_zoo_refusing_replica_all;`,
  },
  {
    name: "triggers that rewrite, that are broken, and one that raises at commit",
    tables: ["zoo_rewriting", "zoo_broken", "zoo_at_commit"],
    create: `
      create function zoo.rewrite() returns trigger language plpgsql as 'begin new.body := ''rewritten''; return new; end';
      create function zoo.broken() returns trigger language plpgsql as 'begin perform no_such_function(); return new; end';
      create function zoo.refuse_late() returns trigger language plpgsql as 'begin raise exception ''not at commit either''; end';
      ${["zoo_rewriting", "zoo_broken", "zoo_at_commit"].map(rows).join("")}
      create trigger rewrite before insert or update on public.zoo_rewriting for each row execute function zoo.rewrite();
      create trigger broken after insert or update or delete on public.zoo_broken for each row execute function zoo.broken();
      create constraint trigger late after insert or update or delete on public.zoo_at_commit
        deferrable initially deferred for each row execute function zoo.refuse_late();
      alter table public.zoo_at_commit enable always trigger late;`,
    edit: `
      ${["zoo_rewriting", "zoo_broken", "zoo_at_commit"].map(changes).join("")}
      alter table public.zoo_at_commit enable always trigger late;`,
  },
  {
    name: "triggers on a partition and on its root",
    tables: ["zoo_refusing_parted"],
    create: `
      create function zoo.refuse_part() returns trigger language plpgsql as 'begin raise exception ''no write here''; end';
      create table public.zoo_refusing_parted (id integer primary key, body text) partition by range (id);
      create table public.zoo_refusing_parted_1 partition of public.zoo_refusing_parted for values from (minvalue) to (15);
      create table public.zoo_refusing_parted_2 partition of public.zoo_refusing_parted for values from (15) to (maxvalue);
      insert into public.zoo_refusing_parted select n, 'row' from generate_series(1, 30) as n;
      create trigger root before insert or update or delete on public.zoo_refusing_parted for each row execute function zoo.refuse_part();
      create trigger leaf before insert or update or delete on public.zoo_refusing_parted_2 for each row execute function zoo.refuse_part();
      alter table public.zoo_refusing_parted_2 enable always trigger leaf;`,
    edit: `
      alter table public.zoo_refusing_parted disable trigger all;
      alter table public.zoo_refusing_parted_2 disable trigger all;
      update public.zoo_refusing_parted set id = id + 30 where id between 10 and 14;
      delete from public.zoo_refusing_parted where id in (1, 20);
      alter table public.zoo_refusing_parted enable trigger all;
      alter table public.zoo_refusing_parted_2 enable trigger all;
      alter table public.zoo_refusing_parted_2 enable always trigger leaf;`,
  },
  {
    name: "rules that turn a write into nothing",
    tables: ["zoo_ruled"],
    create: `
      ${rows("zoo_ruled")}
      create rule no_insert as on insert to public.zoo_ruled do instead nothing;
      create rule no_update as on update to public.zoo_ruled do instead nothing;
      create rule no_delete as on delete to public.zoo_ruled do instead nothing;`,
    edit: `
      alter table public.zoo_ruled disable rule no_insert, disable rule no_update, disable rule no_delete;
      update public.zoo_ruled set body = 'changed' where id < 10;
      delete from public.zoo_ruled where id > 20;
      insert into public.zoo_ruled values (50, 'new');
      alter table public.zoo_ruled enable rule no_insert, enable rule no_update, enable rule no_delete;`,
  },
];
