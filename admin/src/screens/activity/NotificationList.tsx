import { Button } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useMarkRead, useNews } from "../../api/activity.ts";
import { Older } from "../../components/Older.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Sign, type Tone } from "../../components/Sign.tsx";
import { Answer, EmptyState, Lines } from "../../components/States.tsx";
import { When } from "../../components/When.tsx";
import { words } from "../../lib/format.ts";

const tones: Record<string, Tone> = {
  info: "info",
  warning: "warn",
  error: "bad",
};

/** A test is sent as an error, so that every channel takes it; it is none. */
const toneOf = ({ kind, severity }: { kind: string; severity: string }): Tone =>
  kind === "test" ? "info" : tones[severity] ?? "info";

export function NotificationList() {
  const list = useNews();
  const read = useMarkRead();
  const unread = list.data?.pages[0]?.unread_count ?? 0;
  return (
    <Panel
      isFlush
      title={unread > 0 && `${unread} unread`}
      actions={unread > 0 && (
        <Button
          variant="default"
          size="xs"
          loading={read.isPending}
          onClick={() => read.mutate(undefined)}
        >
          Mark all as read
        </Button>
      )}
    >
      <Answer query={list} skeleton={<Lines rows={6} height={40} />}>
        {({ pages }) =>
          pages[0]?.notifications.length === 0
            ? (
              <EmptyState icon={IconBell} title="No news">
                <p>
                  Backups, restores and whatever needs attention is told here.
                </p>
              </EmptyState>
            )
            : (
              <ul className="bc-news">
                {pages.flatMap(({ notifications }) => notifications).map((
                  one,
                ) => (
                  <li
                    key={one.id}
                    data-unread={one.read_at === null || undefined}
                  >
                    <div className="bc-news-head">
                      <Sign tone={toneOf(one)}>
                        {words(one.kind)}
                      </Sign>
                      {one.read_at === null && <span className="bc-unseen">unread</span>}
                      <span className="bc-note">
                        <When at={one.created_at} relative />
                      </span>
                    </div>
                    <p>{one.message}</p>
                  </li>
                ))}
              </ul>
            )}
      </Answer>
      <Older list={list} />
    </Panel>
  );
}
