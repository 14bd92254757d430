import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { asApiError } from "../api/problem.ts";
import { Dialog } from "./Dialog.tsx";
import { FailureNote } from "./FailureNote.tsx";

interface ConfirmProps {
  title: string;
  children: ReactNode;
  /** What the button says: the deed, not "OK". */
  action: string;
  isDangerous?: boolean;
  /** Has to be typed first, where a click is too easy for what follows. */
  phrase?: string;
  isReady?: boolean;
  isPending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmProps) {
  const {
    title,
    children,
    action,
    isDangerous,
    phrase,
    isReady = true,
    isPending,
    error,
    onConfirm,
    onClose,
  } = props;
  const [typed, setTyped] = useState("");
  const isTyped = phrase === undefined ||
    typed.trim().toLowerCase() === phrase.toLowerCase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTyped && isReady && !isPending) onConfirm();
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit} className="bc-dialog">
        {children}
        {phrase !== undefined && (
          <TextInput
            label={
              <>
                To confirm, type <strong className="bc-phrase">{phrase}</strong>
              </>
            }
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        {error !== null && error !== undefined && (
          <FailureNote
            title="This was refused; nothing has changed"
            failure={asApiError(error)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            color={isDangerous ? "brick" : undefined}
            disabled={!isTyped || !isReady}
            loading={isPending}
          >
            {action}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
