import type { Verification } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { Sign } from "../../components/Sign.tsx";
import { When } from "../../components/When.tsx";
import { bytes, duration, plural } from "../../lib/format.ts";

/** The result of a restore drill: every part fetched, opened, loaded and read back. */
export function VerificationPanel(
  { verification }: { verification: Verification },
) {
  const {
    status,
    started_at,
    duration_ms,
    parts,
    rows,
    raw_bytes,
    differences,
  } = verification;
  return (
    <Panel
      title="Proof"
      actions={
        <Sign tone={status === "passed" ? "good" : "bad"}>
          {status === "passed" ? "It can be read back" : "It did not pass"}
        </Sign>
      }
    >
      <p className="bc-plain">
        <When at={started_at} />: {plural(parts, "part")} with {plural(rows, "row")}{" "}
        ({bytes(raw_bytes)}) were fetched, opened, loaded beside the live data and read back in{" "}
        {duration(duration_ms)}.
      </p>
      {differences.length > 0 && (
        <ul className="bc-list">
          {differences.map(({ message }, n) => <li key={n}>{message}</li>)}
        </ul>
      )}
    </Panel>
  );
}
