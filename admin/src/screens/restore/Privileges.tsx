import type { Preview, TablePreview } from "../../api/types.ts";
import { enumerate, plural } from "../../lib/format.ts";

export type PrivilegeChanges = Preview["privileges"];

/** Who becomes an administrator, and who is none any more: by name where the preview shows the person. */
export function Privileges(
  { changes: { added, removed }, tables = [] }: {
    changes: PrivilegeChanges;
    tables?: TablePreview[];
  },
) {
  return (
    <>
      <People
        said="would become an administrator"
        changes={added}
        tables={tables}
      />
      <People said="would no longer be an administrator" changes={removed} tables={tables} />
    </>
  );
}

function People(
  { said, changes, tables }: {
    said: string;
    changes: PrivilegeChanges["added"];
    tables: TablePreview[];
  },
) {
  const people = [...new Set(changes.map(({ profile_id }) => profile_id))];
  if (people.length === 0) return null;
  return (
    <>
      <p>{plural(people.length, "person", "people")} {said}:</p>
      <ul>
        {people.map((id) => (
          <li key={id}>
            <bdi>{nameOf(id, tables) ?? id}</bdi>: {enumerate(
              changes.filter(({ profile_id }) => profile_id === id).map((
                { role },
              ) => role),
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function nameOf(id: string, tables: TablePreview[]): string | undefined {
  const profiles = tables.find(({ table }) => table === "public.profiles");
  return profiles?.sample.find(({ key }) => key?.id === id)?.label ?? undefined;
}
