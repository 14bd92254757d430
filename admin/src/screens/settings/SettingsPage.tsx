import { useSchedules } from "../../api/settings.ts";
import { Page } from "../../components/Page.tsx";
import { Answer, Lines } from "../../components/States.tsx";
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
      <Answer query={schedules} skeleton={<Lines rows={6} height={40} />}>
        {({ daily, weekly }) => (
          <div className="bc-pair">
            <SchedulePanel frequency="daily" schedule={daily} />
            <SchedulePanel frequency="weekly" schedule={weekly} />
          </div>
        )}
      </Answer>
      <RetentionPanel />
      <div className="bc-pair">
        <NotificationsPanel />
        <KeysPanel />
      </div>
    </Page>
  );
}
