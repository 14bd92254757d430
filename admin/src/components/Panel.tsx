import type { ReactNode } from "react";
import { useId } from "react";

interface PanelProps {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  /** Tables reach from edge to edge. */
  isFlush?: boolean;
  className?: string;
  children: ReactNode;
}

export function Panel(
  { title, note, actions, isFlush, className = "", children }: PanelProps,
) {
  const id = useId();
  return (
    <section
      className={`bc-panel ${isFlush ? "bc-flush" : ""} ${className}`}
      aria-labelledby={title ? id : undefined}
    >
      {(title || actions) && (
        <div className="bc-panel-head">
          <div>
            {title && <h2 id={id}>{title}</h2>}
            {note && <p className="bc-note">{note}</p>}
          </div>
          {actions && <div className="bc-panel-actions">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
