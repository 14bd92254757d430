import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconInfoCircle,
  type IconProps,
  IconRefresh,
  IconX,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";

export type Tone = "good" | "bad" | "warn" | "busy" | "idle" | "info";

const icons: Record<Tone, ComponentType<IconProps>> = {
  good: IconCheck,
  bad: IconX,
  warn: IconAlertTriangle,
  busy: IconRefresh,
  idle: IconCircleDashed,
  info: IconInfoCircle,
};

/** A state in a word, with a shape beside it: colour is never the only sign. */
export function Sign({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = icons[tone];
  return (
    <span className="bc-sign" data-tone={tone}>
      <Icon size={14} stroke={2.2} aria-hidden /> {children}
    </span>
  );
}

const backupSigns: Record<string, [Tone, string]> = {
  queued: ["idle", "Waiting"],
  processing: ["busy", "Being made"],
  completed: ["good", "Completed"],
  failed: ["bad", "Failed"],
  blocked: ["warn", "Stopped by errors"],
  deleting: ["idle", "Being deleted"],
};

export function BackupSign({ status }: { status: string }) {
  const [tone, said] = backupSigns[status] ?? ["info", status];
  return <Sign tone={tone}>{said}</Sign>;
}

const restoreSigns: Record<string, [Tone, string]> = {
  queued: ["idle", "Waiting"],
  staging: ["busy", "Being compared"],
  previewed: ["info", "Ready to look at"],
  applying: ["busy", "Being restored"],
  completed: ["good", "Restored"],
  failed: ["bad", "Failed, nothing changed"],
  discarded: ["idle", "Put aside"],
  expired: ["idle", "Expired"],
};

export function RestoreSign({ status }: { status: string }) {
  const [tone, said] = restoreSigns[status] ?? ["info", status];
  return <Sign tone={tone}>{said}</Sign>;
}

const validationSigns: Record<string, [Tone, string]> = {
  passed: ["good", "All rules hold"],
  warnings: ["warn", "Warnings"],
  failed: ["bad", "Errors"],
  not_applicable: ["idle", "Not applicable"],
};

export function ValidationSign({ status }: { status: string }) {
  const [tone, said] = validationSigns[status] ?? ["info", status];
  return <Sign tone={tone}>{said}</Sign>;
}

export const WaitingIcon = IconClock;
export const StopIcon = IconBan;
