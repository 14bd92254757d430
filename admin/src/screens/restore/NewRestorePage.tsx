import { Page } from "../../components/Page.tsx";
import { ChooseBackup } from "./ChooseBackup.tsx";
import { ChooseScope } from "./ChooseScope.tsx";

/** First which backup, then what of it and how. The preview that follows is a page of its own. */
export default function NewRestorePage({ backupId }: { backupId?: string }) {
  return (
    <Page
      title="Bring something back"
      lead={backupId
        ? "Say what happened. The next page shows exactly what would change; nothing is written before you agree."
        : "Which backup knows how it was? Take the last one from before the accident."}
      back={backupId
        ? { to: "/restore/new", label: "Another backup" }
        : { to: "/restore", label: "All restores" }}
    >
      {backupId ? <ChooseScope backupId={backupId} /> : <ChooseBackup />}
    </Page>
  );
}
