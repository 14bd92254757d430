import { Anchor } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { Link } from "wouter";
import { EmptyState } from "../components/States.tsx";

export function NotFound() {
  return (
    <EmptyState
      level={1}
      icon={IconMapQuestion}
      title="There is nothing at this address"
    >
      <p>
        <Anchor component={Link} href="/backups">To the backups</Anchor>
      </p>
    </EmptyState>
  );
}
