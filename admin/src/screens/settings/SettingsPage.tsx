import { Skeleton } from "@mantine/core";
import { useSchedules } from "../../api/settings.ts";
import { Page } from "../../components/Page.tsx";
import { Answer } from "../../components/States.tsx";
import { KeysPanel } from "./KeysPanel.tsx";
import { NotificationsPanel } from "./NotificationsPanel.tsx";
import { RetentionPanel } from "./RetentionPanel.tsx";
import { SchedulePanel } from "./SchedulePanel.tsx";

export default function SettingsPage() {
  const schedules = useSchedules();
  return (
    <Page
      title="Schedule and settings"
      lead="Backups by themselves, how long they are kept, and who hears about it."
    >
      <Answer
        query={schedules}
        skeleton={<Skeleton height={280} radius="lg" />}
      >
        {(data) => <SchedulePanel schedules={data} />}
      </Answer>
      <RetentionPanel />
      <div className="bc-pair">
        <NotificationsPanel />
        <KeysPanel />
      </div>
    </Page>
  );
}
