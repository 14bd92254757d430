import { ActionIcon, Menu } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconHistory,
  IconPin,
  IconPinnedOff,
  IconShieldCheck,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Backup } from "../../api/types.ts";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { backupTitle } from "./words.ts";
import { useCommands } from "./use_commands.ts";

/** What can be done with one backup, in a list. */
export function BackupMenu({ backup }: { backup: Backup }) {
  const [, go] = useLocation();
  const commands = useCommands(backup);
  const [isDeleting, setDeleting] = useState(false);
  const isCompleted = backup.status === "completed";
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Actions for the ${backupTitle(backup)}`}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isCompleted && (
            <>
              <Menu.Item
                leftSection={<IconHistory size={16} />}
                onClick={() => go(`/restore/new/${backup.id}`)}
              >
                Restore from it …
              </Menu.Item>
              <Menu.Item
                leftSection={<IconDownload size={16} />}
                onClick={commands.download}
              >
                Download
              </Menu.Item>
              <Menu.Item
                leftSection={<IconShieldCheck size={16} />}
                onClick={commands.verify}
              >
                Prove that it can be read back
              </Menu.Item>
              <Menu.Item
                leftSection={backup.is_pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
                onClick={commands.togglePin}
              >
                {backup.is_pinned ? "Let it be cleaned up" : "Keep for good"}
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.Item
            color="brick"
            leftSection={<IconTrash size={16} />}
            onClick={() => setDeleting(true)}
          >
            Delete …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <DeleteDialog
          backup={backup}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  );
}
