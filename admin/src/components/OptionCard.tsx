import { Radio } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface OptionCardProps {
  value: string;
  name: string;
  says: string;
  /** When to take this one. */
  children?: ReactNode;
}

/** One of a few choices that need a sentence each; inside a `Radio.Group`. */
export function OptionCard({ value, name, says, children }: OptionCardProps) {
  const words = useId();
  return (
    <Radio.Card
      value={value}
      className="bc-card"
      aria-label={name}
      aria-describedby={words}
    >
      <Radio.Indicator />
      <span>
        <span className="bc-card-name">{name}</span>
        <span id={words}>
          <span className="bc-card-says">{says}</span>
          {children && <span className="bc-card-best">{children}</span>}
        </span>
      </span>
    </Radio.Card>
  );
}
