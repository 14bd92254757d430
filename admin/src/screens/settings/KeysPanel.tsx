import { useHealth } from "../../api/settings.ts";
import { Panel } from "../../components/Panel.tsx";
import { Sign } from "../../components/Sign.tsx";
import { Answer, Lines } from "../../components/States.tsx";

/** Whether archives can be written and read here. The keys themselves never reach a browser. */
export function KeysPanel() {
  const health = useHealth();
  return (
    <Panel
      title="Keys"
      note="Archives are encrypted before they leave the server. Without the identity nobody can read them again."
    >
      <Answer query={health} skeleton={<Lines rows={3} />}>
        {({ keys, checks }) => (
          <>
            <dl className="bc-settings">
              <div>
                <dt>Recipients, to encrypt</dt>
                <dd>
                  {keys?.recipients
                    ? <Sign tone="good">Set up</Sign>
                    : <Sign tone="bad">Missing: nothing can be backed up</Sign>}
                </dd>
              </div>
              <div>
                <dt>Identity, to restore and download</dt>
                <dd>
                  {keys?.identity
                    ? <Sign tone="good">Present</Sign>
                    : <Sign tone="warn">Not on this server</Sign>}
                </dd>
              </div>
            </dl>
            {checks.filter(({ name, status }) => name === "keys" && status === "failing").map((
              { message },
            ) => <p key={message}>{message}</p>)}
            <details className="bc-details">
              <summary>How to change the key</summary>
              <ol>
                <li>
                  Make a new pair with <code>deno task keys</code>, and put its identity into two safe places.
                </li>
                <li>
                  Set <code>BACKUP_AGE_RECIPIENTS</code> to the new recipient.
                </li>
                <li>
                  Put the new identity in front of the old one in{" "}
                  <code>BACKUP_AGE_IDENTITY</code>, with a comma between: old archives stay readable.
                </li>
                <li>Make a backup and verify it.</li>
              </ol>
            </details>
          </>
        )}
      </Answer>
    </Panel>
  );
}
