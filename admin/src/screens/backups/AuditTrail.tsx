import { useAudit } from "../../api/activity.ts";
import { Panel } from "../../components/Panel.tsx";
import { AuditList } from "../activity/AuditList.tsx";

export function AuditTrail({ target }: { target: string }) {
  const audit = useAudit({ target }, 10);
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? [];
  if (entries.length === 0) return null;
  return (
    <Panel title="Who did what with it" isFlush>
      <AuditList entries={entries} isShort />
    </Panel>
  );
}
