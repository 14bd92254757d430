import { Button, Collapse, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useId, useState } from "react";
import { usePreviewRows } from "../../api/restores.ts";
import type { RowChange, TablePreview } from "../../api/types.ts";
import { FoldHead } from "../../components/FoldHead.tsx";
import { Sign } from "../../components/Sign.tsx";
import { ErrorState, Lines } from "../../components/States.tsx";
import { count, tableName } from "../../lib/format.ts";
import { ChangedRow, type Row } from "./ChangedRow.tsx";
import { isSelected, keyOf, type Selection } from "./selection.ts";

interface PreviewTableProps {
  restoreId: string;
  table: TablePreview;
  isOpen: boolean;
  selection: Selection;
  onToggle?: (key: unknown) => void;
}

const changes = {
  insert: "Come back",
  update: "Change",
  delete: "Are deleted",
} as const;

/** One table of a preview: its numbers, which columns change, and its records before and after. */
export function PreviewTable(
  { restoreId, table, isOpen, selection, onToggle }: PreviewTableProps,
) {
  const [opened, setOpened] = useState(isOpen);
  const content = useId();
  return (
    <section className="bc-panel bc-flush bc-preview-table">
      <FoldHead
        level="h2"
        name={tableName(table.table)}
        isOpen={opened}
        onToggle={() => setOpened(!opened)}
        controls={content}
        sum={
          <>
            {table.insert > 0 && (
              <span data-tone="insert">
                +{count(table.insert)} <span className="bc-unseen">come back</span>
              </span>
            )}
            {table.update > 0 && (
              <span data-tone="update">
                ~{count(table.update)} <span className="bc-unseen">change</span>
              </span>
            )}
            {table.delete > 0 && (
              <span data-tone="delete">
                −{count(table.delete)} <span className="bc-unseen">are deleted</span>
              </span>
            )}
          </>
        }
      >
        {table.role === "related" && <Sign tone="info">belongs to what you chose</Sign>}
        {table.is_blocked && <Sign tone="bad">cannot be compared</Sign>}
      </FoldHead>
      <Collapse in={opened}>
        <div id={content} className="bc-preview-body">
          {table.is_blocked && <p className="bc-note">What stops it stands above.</p>}
          {table.columns.length > 0 && (
            <p className="bc-note">
              Values change in{" "}
              {table.columns.map(({ column, rows }) => `${column} (${count(rows)})`).join(", ")}
            </p>
          )}
          {opened && !table.is_blocked && (
            <Rows
              restoreId={restoreId}
              table={table}
              selection={selection}
              onToggle={onToggle}
            />
          )}
        </div>
      </Collapse>
    </section>
  );
}

function Rows(
  { restoreId, table, selection, onToggle }: Omit<PreviewTableProps, "isOpen">,
) {
  const [change, setChange] = useState<RowChange["change"]>();
  const [text, setText] = useState("");
  const [wantsAll, setWantsAll] = useState(false);
  const [search] = useDebouncedValue(text.trim(), 250);
  const total = table.insert + table.update + table.delete;
  // The samples came with the preview; the server is asked only for what is not among them.
  const isAsking = total > table.sample.length &&
    (search !== "" || change !== undefined || wantsAll);
  const answer = usePreviewRows(restoreId, {
    table: table.table,
    change,
    search,
  }, isAsking);
  const asked: Row[] | undefined = answer.data?.pages.flatMap((page) => page.rows);
  const sampled = table.sample.filter((row) => (!change || row.change === change) && matches(row, search));
  // A few to begin with: what happens to a table shows in its first rows.
  const isFew = !isAsking && !wantsAll && search === "" && !change;
  const rows = isAsking ? asked ?? [] : isFew ? sampled.slice(0, few) : sampled;
  const kinds = (["insert", "update", "delete"] as const).filter((kind) => table[kind] > 0);

  return (
    <>
      {(total > 5 || kinds.length > 1) && (
        <div className="bc-find">
          <TextInput
            size="xs"
            aria-label={`Find in ${tableName(table.table)}`}
            placeholder="Find a name, an address, an id …"
            leftSection={<IconSearch size={15} aria-hidden />}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          {kinds.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label="Kind of change"
              value={change ?? ""}
              onChange={({ currentTarget }) =>
                setChange(
                  (currentTarget.value || undefined) as
                    | RowChange["change"]
                    | undefined,
                )}
              data={[
                { value: "", label: "All changes" },
                ...kinds.map((value) => ({ value, label: changes[value] })),
              ]}
            />
          )}
        </div>
      )}
      {answer.isError && isAsking && (
        <ErrorState
          error={answer.error}
          retry={() => void answer.refetch()}
        />
      )}
      {isAsking && answer.isPending && <Lines rows={3} height={44} />}
      {rows.length === 0 && !answer.isFetching && !answer.isError &&
        !answer.hasNextPage && <p className="bc-note" role="status">No record is like that.</p>}
      <ul className="bc-changes">
        {rows.map((row, n) => {
          const key = onToggle && row.change !== "delete" ? keyOf(row, table) : undefined;
          return (
            <ChangedRow
              key={n}
              table={table.table}
              row={row}
              isChosen={isSelected(selection, table.table, key)}
              onToggle={key === undefined ? undefined : () => onToggle!(key)}
            />
          );
        })}
      </ul>
      {isFew && rows.length < total && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => setWantsAll(true)}
        >
          Show all {count(total)}
        </Button>
      )}
      {isAsking && answer.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={answer.isFetchingNextPage}
          onClick={() => void answer.fetchNextPage()}
        >
          {search === "" ? "Show more" : "Search on"}
        </Button>
      )}
    </>
  );
}

const few = 8;

function matches(row: RowChange, search: string): boolean {
  if (search === "") return true;
  return JSON.stringify([row.key, row.before, row.after]).toLowerCase()
    .includes(search.toLowerCase());
}
