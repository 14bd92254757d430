import { Button } from "@mantine/core";

interface OlderProps {
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  /** Of what: "entries". */
  what?: string;
}

/** The foot of a list that goes on: what is older comes when it is asked for. */
export function Older({ list, what = "ones" }: OlderProps) {
  if (!list.hasNextPage) return null;
  return (
    <div className="bc-panel-foot">
      <Button
        variant="subtle"
        loading={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        Show older {what}
      </Button>
    </div>
  );
}
