import { CopyId } from "../../components/CopyId.tsx";
import { cell } from "../../lib/format.ts";

/** Which records it is about: their keys, to copy. A record is named by its key alone, or has it as its `key`. */
export function RecordKeys({ rows }: { rows: unknown[] }) {
  return (
    <ul className="bc-keys">
      {rows.map((row, n) => (
        <li key={n}>
          <CopyId id={idOf(row)} />
        </li>
      ))}
    </ul>
  );
}

function idOf(row: unknown): string {
  if (typeof row !== "object" || row === null) return cell(row);
  return "key" in row ? idOf(row.key) : Object.values(row).map(cell).join(", ");
}
