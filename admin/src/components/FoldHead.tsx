import { UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface FoldHeadProps {
  level: "h2" | "h3";
  name: string;
  isOpen: boolean;
  onToggle: () => void;
  /** Id of what it opens. */
  controls: string;
  /** Beside the name. */
  children?: ReactNode;
  /** At the far end of the line. */
  sum: ReactNode;
}

/** The heading of something that unfolds. */
export function FoldHead({ level: Heading, name, isOpen, onToggle, controls, children, sum }: FoldHeadProps) {
  return (
    <Heading>
      <UnstyledButton
        className="bc-fold-head"
        aria-expanded={isOpen}
        aria-controls={controls}
        onClick={onToggle}
      >
        <IconChevronDown size={17} aria-hidden data-open={isOpen || undefined} />
        <span className="bc-fold-name">{name}</span>
        {children}
        <span className="bc-deltas">{sum}</span>
      </UnstyledButton>
    </Heading>
  );
}
