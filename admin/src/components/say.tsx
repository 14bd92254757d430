import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { asApiError } from "../api/problem.ts";

/** A word in the corner: something that was asked for has been done. */
export function sayDone(message: string): void {
  notifications.show({
    message,
    color: "pine",
    icon: <IconCheck size={18} aria-hidden />,
    autoClose: 5000,
  });
}

/** Something could not be done. It stays until it is closed. */
export function sayError(title: string, error: unknown): void {
  const { message, hint } = asApiError(error);
  notifications.show({
    title,
    message: hint ? `${message} ${hint}` : message,
    color: "brick",
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: false,
  });
}
