import { Button } from "@mantine/core";
import { IconExclamationCircle } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";
import { EmptyState } from "../components/States.tsx";

interface BoundaryState {
  error?: Error;
}

/** A screen that cannot be shown: its code did not arrive, or it has a fault. The navigation stays. */
export class ScreenBoundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = {};

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <div role="alert">
        <EmptyState
          icon={IconExclamationCircle}
          title="This page could not be shown"
          action={
            <Button variant="default" onClick={() => location.reload()}>
              Load it again
            </Button>
          }
        >
          <p>
            The connection was lost, or a newer version has been put up meanwhile. Your data is not touched.
          </p>
          <p>{this.state.error.message}</p>
        </EmptyState>
      </div>
    );
  }
}
