import type { ReactNode } from "react";
import type { BackupDetails } from "../../api/types.ts";
import { CopyId } from "../../components/CopyId.tsx";
import { When } from "../../components/When.tsx";
import { bytes, count, duration } from "../../lib/format.ts";
import { creatorName, kindNames } from "./words.ts";

export function BackupSummary({ backup }: { backup: BackupDetails }) {
  const {
    row_count,
    file_size,
    raw_size,
    duration_ms,
    part_count,
    verified_at,
  } = backup;
  return (
    <dl className="bc-summary">
      <Item term="Kind">{kindNames[backup.kind]}</Item>
      <Item term="Made by">{creatorName(backup)}</Item>
      {row_count !== null && <Item term="Rows">{count(row_count)}</Item>}
      {file_size !== null && (
        <Item term="Size">
          {bytes(file_size)} {raw_size !== null && <span className="bc-note">of {bytes(raw_size)} raw</span>}
        </Item>
      )}
      {duration_ms !== null && <Item term="Took">{duration(duration_ms)}</Item>}
      {part_count !== null && <Item term="Parts">{count(part_count)}</Item>}
      {backup.status === "completed" && (
        <Item term="Proven">
          {verified_at ? <When at={verified_at} relative /> : "not yet"}
        </Item>
      )}
      <Item term="Id">
        <CopyId id={backup.id} shown={backup.id.slice(0, 8)} />
      </Item>
      {backup.override_reason && (
        <Item term="Made in spite of errors, because">
          {backup.override_reason}
        </Item>
      )}
    </dl>
  );
}

function Item({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
