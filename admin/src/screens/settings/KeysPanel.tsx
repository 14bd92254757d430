import { useKeys } from "../../api/settings.ts";
import { CopyId } from "../../components/CopyId.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Sign } from "../../components/Sign.tsx";
import { Answer, Lines } from "../../components/States.tsx";

/** Whether archives can be written and read here. The keys themselves never reach a browser. */
export function KeysPanel() {
  const keys = useKeys();
  return (
    <Panel
      title="Keys"
      note="Archives are encrypted before they leave the server. Without the identity nobody can read them again."
    >
      <Answer query={keys} skeleton={<Lines rows={3} />}>
        {({ recipients, identities, can_read, last_backup_readable }) => (
          <>
            <dl className="bc-settings">
              <div>
                <dt>
                  {recipients.length === 1 ? "Recipient, to encrypt" : "Recipients, to encrypt"}
                </dt>
                <dd>
                  {recipients.length === 0 && <Sign tone="bad">Missing: nothing can be backed up</Sign>}
                  {recipients.map((recipient) => (
                    <div key={recipient} className="bc-key">
                      <CopyId
                        id={recipient}
                        shown={`${recipient.slice(0, 12)}…${recipient.slice(-6)}`}
                      />
                      {identities.some((identity) => identity.recipient === recipient)
                        ? <Sign tone="good">identity is here</Sign>
                        : <Sign tone="idle">identity is kept elsewhere</Sign>}
                    </div>
                  ))}
                </dd>
              </div>
              <div>
                <dt>Restoring and downloading here</dt>
                <dd>
                  {can_read
                    ? <Sign tone="good">Possible</Sign>
                    : <Sign tone="warn">Not without the identity</Sign>}
                </dd>
              </div>
              {last_backup_readable !== null && (
                <div>
                  <dt>The newest backup</dt>
                  <dd>
                    {last_backup_readable
                      ? <Sign tone="good">Opens with a key that is here</Sign>
                      : <Sign tone="bad">Opens with no key that is here</Sign>}
                  </dd>
                </div>
              )}
            </dl>
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
