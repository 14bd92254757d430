import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Said {
  code: string;
  message: string;
  hint?: string | null;
}

/** Why something ended badly or was refused, and what to do about it. */
export function FailureNote(
  { title, failure, children }: {
    title: string;
    failure: Said;
    children?: ReactNode;
  },
) {
  return (
    <Alert
      color="brick"
      variant="light"
      title={title}
      icon={<IconAlertTriangle aria-hidden />}
      role="alert"
    >
      <p className="bc-plain">{failure.message}</p>
      {failure.hint && <p className="bc-plain">{failure.hint}</p>}
      {children}
      <p className="bc-code">{failure.code}</p>
    </Alert>
  );
}
