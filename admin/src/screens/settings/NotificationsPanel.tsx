import { Button } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useNotifications } from "../../api/activity.ts";
import { useSettingsActions } from "../../api/settings.ts";
import { Panel } from "../../components/Panel.tsx";
import { Sign } from "../../components/Sign.tsx";
import { sayDone, sayError } from "../../components/say.tsx";
import { When } from "../../components/When.tsx";

/** Whether news reaches somebody outside: by webhook and by e-mail, as the functions' secrets say. */
export function NotificationsPanel() {
  const { test } = useSettingsActions();
  const deliveries = useNotifications(50).data?.notifications.flatMap(({ deliveries }) => deliveries) ?? [];
  return (
    <Panel
      title="Notifications"
      note="News appears under Activity. It also goes out by webhook and e-mail, where an operator has set them up."
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={<IconSend size={15} aria-hidden />}
          loading={test.isPending}
          onClick={() =>
            test.mutate(undefined, {
              onSuccess: () => sayDone("A test notification is on its way."),
              onError: (error) => sayError("No test was sent", error),
            })}
        >
          Send a test
        </Button>
      }
    >
      <dl className="bc-settings">
        {(["webhook", "email"] as const).map((channel) => {
          const last = deliveries.find((delivery) => delivery.channel === channel);
          return (
            <div key={channel}>
              <dt>{channel === "webhook" ? "Webhook" : "E-mail"}</dt>
              <dd>
                {last
                  ? (
                    <>
                      <Sign tone={last.outcome === "sent" ? "good" : "bad"}>
                        {last.outcome === "sent" ? "Delivered" : "Not delivered"}
                      </Sign>{" "}
                      <When at={last.attempted_at} relative />
                      {last.error && <p className="bc-note">{last.error.message}</p>}
                    </>
                  )
                  : (
                    <span className="bc-note">
                      Nothing has been sent yet. The secret is{" "}
                      {channel === "webhook" ? "BACKUP_WEBHOOK_URL" : "BACKUP_EMAIL_TO"}.
                    </span>
                  )}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}
