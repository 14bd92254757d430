import { Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";

export interface Sorting<Column extends string> {
  sort: Column;
  order: "asc" | "desc";
}

interface SortHeaderProps<Column extends string> {
  column: Column;
  sorting: Sorting<Column>;
  setSorting: (sorting: Sorting<Column>) => void;
  className?: string;
  children: ReactNode;
}

/** The head of a column that the server sorts by: first the most or the newest, then the other way round. */
export function SortHeader<Column extends string>(
  { column, sorting, setSorting, className, children }: SortHeaderProps<Column>,
) {
  const isSorted = sorting.sort === column;
  const isUp = isSorted && sorting.order === "asc";
  const Arrow = isUp ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th
      className={className}
      aria-sort={isSorted ? (isUp ? "ascending" : "descending") : "none"}
    >
      <UnstyledButton
        className="bc-sort"
        onClick={() =>
          setSorting({
            sort: column,
            order: isSorted && !isUp ? "asc" : "desc",
          })}
      >
        {children} <Arrow size={13} aria-hidden data-shown={isSorted || undefined} />
      </UnstyledButton>
    </Table.Th>
  );
}
