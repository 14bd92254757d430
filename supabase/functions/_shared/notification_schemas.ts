import { z } from "@hono/zod-openapi";
import { BackupError, count, moment } from "./schemas.ts";

/** What SQL answers about notifications; it describes, as schemas.ts does. */

const Delivery = z.object({
  channel: z.enum(["webhook", "email"]),
  outcome: z.enum(["sent", "failed", "refused"]).openapi({ description: "failed: tried again for a while." }),
  attempts: count,
  attempted_at: moment.openapi({ description: "When it was tried last." }),
  error: BackupError.nullable(),
}).openapi("Delivery");

export const Notification = z.object({
  id: z.int(),
  created_at: moment,
  kind: z.enum([
    "backup_completed",
    "backup_failed",
    "backup_blocked",
    "backup_verified",
    "drill_failed",
    "restored",
    "restore_failed",
    "schedule_missed",
    "schedule_failed",
    "no_recent_backup",
    "bucket_differs",
    "bucket_rescanned",
    "project_unconfirmed",
    "test",
  ]),
  severity: z.enum(["info", "warning", "error"]),
  message: z.string().openapi({ description: "One sentence for a person." }),
  details: z.record(z.string(), z.unknown()).openapi({ description: "Ids and counts." }),
  read_at: moment.nullable().openapi({ description: "When the caller read it." }),
  deliveries: z.array(Delivery).openapi({ description: "By the channels that are configured." }),
}).openapi("Notification");

/** One that has just been written: nobody can have read it, and nothing has been sent. */
export const NewNotification = Notification.omit({ read_at: true, deliveries: true }).openapi(
  "NewNotification",
);

export const UnreadCount = z.object({ unread_count: count.openapi({ description: "Of the caller." }) })
  .openapi("UnreadCount");

export const NotificationList = UnreadCount.extend({
  notifications: z.array(Notification),
  next_cursor: z.string().nullable(),
}).openapi("NotificationList");
