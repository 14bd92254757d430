import { Modal, type ModalProps, useMantineContext } from "@mantine/core";
import { useEffect, useState } from "react";

/** A question in front of the page. It exists while it is open; when it goes, the focus is where it was before. */
export function Dialog(props: Omit<ModalProps, "opened" | "returnFocus">) {
  useReturnedFocus();
  return <Modal opened returnFocus={false} size="lg" {...props} />;
}

/**
 * The library returns the focus only from dialogs that stay when they are closed, and asks the document who has it:
 * of a shadow root, that is its host.
 */
function useReturnedFocus(): void {
  const { getRootElement } = useMantineContext();
  // Before anything is rendered: a menu that it was opened from is gone with that.
  const [[root, opener]] = useState(() => {
    const root = getRootElement()!.getRootNode() as Document | ShadowRoot;
    return [root, openerIn(root)] as const;
  });
  useEffect(() => () => {
    // A moment later: until then the dialog still has it.
    setTimeout(() => {
      if (root.activeElement !== null && root.activeElement !== document.body) {
        return;
      }
      opener?.focus({ preventScroll: true });
      // What opened it may be gone, or not be for pressing any more.
      if (!opener || root.activeElement !== opener) {
        root.querySelector<HTMLElement>(".bc-page h1")?.focus({
          preventScroll: true,
        });
      }
    });
  }, [root, opener]);
}

/** What was pressed; of an entry of a menu, which closes, what opened the menu. */
function openerIn(root: Document | ShadowRoot): HTMLElement | null {
  const active = root.activeElement as HTMLElement | null;
  const menu = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return menu ? root.getElementById(menu) : active;
}
