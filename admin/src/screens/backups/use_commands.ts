import { useBackupActions } from "../../api/backups.ts";
import type { Backup } from "../../api/types.ts";
import { sayDone, sayError } from "../../components/say.tsx";

/** What a click on download, verify and keep does, and says. */
export function useCommands(backup: Backup) {
  const { download, verify, update } = useBackupActions();
  return {
    isDownloading: download.isPending,
    isVerifying: verify.isPending,
    download: () =>
      download.mutate(backup.id, {
        onSuccess: (url) =>
          url ? open(url) : sayError(
            "There is no download",
            new Error("The server has no key to open archives with."),
          ),
        onError: (error) => sayError("It could not be downloaded", error),
      }),
    verify: () =>
      verify.mutate(backup.id, {
        onSuccess: () =>
          sayDone(
            "Every part of it is being loaded and read back. You will find the result here.",
          ),
        onError: (error) => sayError("It could not be verified", error),
      }),
    togglePin: () =>
      update.mutate({ id: backup.id, is_pinned: !backup.is_pinned }, {
        onSuccess: () =>
          sayDone(
            backup.is_pinned ? "It may be cleaned up again." : "It is kept until you let go of it.",
          ),
        onError: (error) => sayError("It could not be changed", error),
      }),
  };
}

/** The browser saves it: the answer says that it is a file. */
function open(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.rel = "noreferrer";
  link.download = "";
  link.click();
}
