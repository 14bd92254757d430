import { Checkbox, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { RowChange } from "../../api/types.ts";
import { CopyId } from "../../components/CopyId.tsx";
import { Sign, type Tone } from "../../components/Sign.tsx";
import { cell } from "../../lib/format.ts";

/** A row of the samples, or one that was asked for: then it may have been written to since the preview. */
export type Row = RowChange & { is_stale?: boolean };

interface ChangedRowProps {
  table: string;
  row: Row;
  isChosen: boolean;
  onToggle?: () => void;
}

const signs: Record<RowChange["change"], [Tone, string]> = {
  insert: ["good", "comes back"],
  update: ["warn", "changes"],
  delete: ["bad", "is deleted"],
};

/** One record, before and after: of a change the columns that differ, of the others what they hold. */
export function ChangedRow(
  { table, row, isChosen, onToggle }: ChangedRowProps,
) {
  const [isWhole, setWhole] = useState(false);
  const name = row.label ?? nameOf(row);
  const keys = Object.entries(row.key ?? {}).map(([column, value]) => [column, cell(value)] as const);
  const key = keys.map(([, value]) => value).join(", ");
  const [tone, said] = signs[row.change];
  const columns = shownColumns(row, isWhole);
  return (
    <li className="bc-change" data-change={row.change}>
      <div className="bc-change-head">
        {onToggle && (
          <Checkbox
            size="sm"
            checked={isChosen}
            onChange={onToggle}
            aria-label={`Choose ${name || key} of ${table}`}
          />
        )}
        {name && <span className="bc-change-name">{name}</span>}
        {keys.map(([column, value]) => (
          <span key={column}>
            {(keys.length > 1 || !name) && <span className="bc-note">{column}</span>}
            <CopyId
              id={value}
              shown={value.length > 13 ? `…${value.slice(-12)}` : value}
            />
          </span>
        ))}
        <Sign tone={tone}>{said}</Sign>
        {row.is_stale && <Sign tone="warn">changed since the preview</Sign>}
        {row.is_orphan && <Sign tone="warn">its parent is gone</Sign>}
        <UnstyledButton
          className="bc-whole"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? "Less" : "All columns"}
        </UnstyledButton>
      </div>
      <dl className="bc-values" data-whole={isWhole || undefined}>
        {columns.map((column) => <Value key={column} row={row} column={column} />)}
      </dl>
    </li>
  );
}

function Value({ row, column }: { row: RowChange; column: string }) {
  const isChanged = row.change === "update" && row.columns.includes(column);
  const before = row.before?.[column];
  const after = row.after?.[column];
  return (
    <div data-changed={isChanged || undefined}>
      <dt>{column}</dt>
      <dd>
        {isChanged
          ? (
            <>
              <span className="bc-before">
                <span className="bc-unseen">now</span>
                <Cell value={before} />
              </span>
              <span aria-hidden="true" className="bc-arrow">→</span>
              <span className="bc-after">
                <span className="bc-unseen">becomes</span>
                <Cell value={after} />
              </span>
            </>
          )
          : <Cell value={row.change === "delete" ? before : after ?? before} />}
      </dd>
    </div>
  );
}

function Cell({ value }: { value: unknown }) {
  return value === null || value === undefined || value === ""
    ? <em className="bc-note">{value === "" ? "empty text" : "empty"}</em>
    : <>{cell(value)}</>;
}

function shownColumns(row: RowChange, isWhole: boolean): string[] {
  const all = Object.keys(row.after ?? row.before ?? {});
  if (isWhole) return all;
  if (row.change === "update") {
    // A stamp changes with every write: it tells nothing beside what was written.
    const telling = row.columns.filter((column) => !/_at$/.test(column));
    return telling.length > 0 ? telling : row.columns;
  }
  const image = row.after ?? row.before ?? {};
  const telling = all.filter((column) =>
    !(column in (row.key ?? {})) && image[column] !== null &&
    image[column] !== "" && !/_at$/.test(column)
  );
  return telling.slice(0, 4);
}

/** What a person would call it. */
function nameOf({ after, before }: RowChange): string {
  const image = after ?? before ?? {};
  const text = (column: string) => typeof image[column] === "string" ? image[column] as string : "";
  const person = [text("first_name"), text("last_name")].filter(Boolean).join(
    " ",
  );
  return person || text("full_name") || text("title") || text("name") ||
    text("email") || text("label");
}
