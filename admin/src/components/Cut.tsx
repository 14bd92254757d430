import { Tooltip } from "@mantine/core";

/** A text that may be longer than its place: cut there, and whole when hovered or focused. */
export function Cut(
  { text, className = "" }: { text: string; className?: string },
) {
  return (
    <Tooltip label={text} multiline maw={420} disabled={text.length < long}>
      <span
        className={`bc-cut ${className}`}
        tabIndex={text.length < long ? undefined : 0}
      >
        {text}
      </span>
    </Tooltip>
  );
}

/** Shorter ones fit wherever this is used: nobody should have to step over them with the keyboard. */
const long = 18;
