import { Tooltip, UnstyledButton } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

/** An id: shown short, copied whole. */
export function CopyId({ id, shown }: { id: string; shown?: string }) {
  const { copy, copied } = useClipboard({ timeout: 1500 });
  return (
    <Tooltip label={copied ? "Copied" : id}>
      <UnstyledButton
        className="bc-copy"
        onClick={() => copy(id)}
      >
        <span>
          <span className="bc-unseen">Copy</span> {shown ?? id}
        </span>
        {copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
        <span role="status" className="bc-unseen">
          {copied ? "Copied" : ""}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}
