import { NativeSelect, Tabs } from "@mantine/core";
import { useState } from "react";
import { useAudit, useNotifications } from "../../api/activity.ts";
import { Page } from "../../components/Page.tsx";
import { Older } from "../../components/Older.tsx";
import { Panel } from "../../components/Panel.tsx";
import { ErrorState, Lines } from "../../components/States.tsx";
import { AuditList } from "./AuditList.tsx";
import { NotificationList } from "./NotificationList.tsx";
import { actionNames, outcomeNames } from "./words.ts";

export default function ActivityPage() {
  const unread = useNotifications().data?.unread_count ?? 0;
  return (
    <Page
      title="Activity"
      lead="What has happened, and who did it. Nobody can change this record, administrators included."
    >
      <Tabs defaultValue="news" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="news">News{unread > 0 && ` (${unread})`}</Tabs.Tab>
          <Tabs.Tab value="audit">Who did what</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="news">
          <NotificationList />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <Audit />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Audit() {
  const [action, setAction] = useState("");
  const [outcome, setOutcome] = useState("");
  const audit = useAudit({ action, outcome });
  const entries = audit.data?.pages.flatMap((page) => page.entries);
  const options = (
    names: Record<string, string>,
    all: string,
  ) => [
    { value: "", label: all },
    ...Object.entries(names).map(([value, label]) => ({ value, label })),
  ];

  return (
    <Panel
      isFlush
      actions={
        <>
          <NativeSelect
            size="xs"
            aria-label="Action"
            value={action}
            onChange={({ currentTarget }) => setAction(currentTarget.value)}
            data={options(actionNames, "Everything")}
          />
          <NativeSelect
            size="xs"
            aria-label="Outcome"
            value={outcome}
            onChange={({ currentTarget }) => setOutcome(currentTarget.value)}
            data={options(outcomeNames, "Any outcome")}
          />
        </>
      }
    >
      {audit.isPending && <Lines rows={8} height={30} />}
      {audit.isError && !entries && (
        <ErrorState
          error={audit.error}
          retry={() => void audit.refetch()}
        />
      )}
      {entries && <AuditList entries={entries} />}
      <Older list={audit} what="entries" />
    </Panel>
  );
}
