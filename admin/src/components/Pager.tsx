import { Pagination } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface PagerProps {
  /** How much there is in all, in words. */
  total: ReactNode;
  pages: number;
  page: number;
  setPage: (page: number) => void;
}

/** The foot of a list that is shown in pages. */
export function Pager({ total, pages, page, setPage }: PagerProps) {
  return (
    <div className="bc-panel-foot bc-pager">
      <span className="bc-note">{total}</span>
      {pages > 1 && (
        <Pagination
          size="sm"
          siblings={0}
          total={pages}
          value={page}
          onChange={setPage}
          getItemProps={(n) => ({ "aria-label": `Page ${n}` })}
          getControlProps={(control) => ({
            "aria-label": control === "next" ? "Next page" : "Previous page",
          })}
        />
      )}
    </div>
  );
}

/** A list that is here already, in pages: two hundred tables are not two hundred rows to scroll through. */
export function usePages<Item>(items: Item[], size: number) {
  const [wanted, setPage] = useState(1);
  const pages = Math.max(Math.ceil(items.length / size), 1);
  const page = Math.min(wanted, pages);
  return {
    shown: items.slice((page - 1) * size, page * size),
    pages,
    page,
    setPage,
  };
}
