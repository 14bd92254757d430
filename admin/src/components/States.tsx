import { Button, Skeleton } from "@mantine/core";
import { IconCloudOff, IconExclamationCircle, type IconProps } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { asApiError } from "../api/problem.ts";

interface StateProps {
  /** Of the heading: 1 where this is the whole page. */
  level?: 1 | 2;
  icon: ComponentType<IconProps>;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** A place with nothing in it: what would be here, and how it comes to be. */
export function EmptyState(
  { level = 2, icon: Icon, title, children, action }: StateProps,
) {
  const Heading = `h${level}` as const;
  return (
    <div className="bc-state">
      <span className="bc-state-icon">
        <Icon size={26} stroke={1.5} aria-hidden />
      </span>
      <Heading>{title}</Heading>
      {children && <div className="bc-state-words">{children}</div>}
      {action}
    </div>
  );
}

/** What went wrong, in the server's words, and what to do next. */
export function ErrorState(
  { error, retry }: { error: unknown; retry?: () => void },
) {
  const { code, message, hint } = asApiError(error);
  const isOffline = code === "offline";
  return (
    <div role="alert">
      <EmptyState
        icon={isOffline ? IconCloudOff : IconExclamationCircle}
        title={isOffline ? "The server does not answer" : "This could not be loaded"}
        action={retry && <Button variant="default" onClick={retry}>Try again</Button>}
      >
        <p>{isOffline ? hint : message}</p>
        {!isOffline && hint && <p>{hint}</p>}
      </EmptyState>
    </div>
  );
}

interface AnswerProps<T> {
  query: {
    data: T | undefined;
    isError: boolean;
    error: unknown;
    refetch: () => unknown;
  };
  /** Roughly what will be there, in grey. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** What a query answered; until then its outline. An old answer stays while a new one cannot be had. */
export function Answer<T>(
  { query, skeleton = <Lines />, children }: AnswerProps<T>,
) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return (
      <ErrorState
        error={query.error}
        retry={() => void query.refetch()}
      />
    );
  }
  return <div aria-busy="true">{skeleton}</div>;
}

export function Lines(
  { rows = 4, height = 20 }: { rows?: number; height?: number },
) {
  return (
    <div className="bc-lines">
      {Array.from(
        { length: rows },
        (_, n) => <Skeleton key={n} height={height} width={`${92 - (n % 3) * 14}%`} />,
      )}
    </div>
  );
}
