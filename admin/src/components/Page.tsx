import { Anchor } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";
import { useServices } from "../app/services.ts";

interface PageProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Where "back" leads, and what is there. */
  back?: { to: string; label: string };
  children: ReactNode;
}

/**
 * One screen. Coming to it moves the focus to its heading, so that a screen reader says where one is; and up, where
 * somebody had scrolled down on the one before.
 */
export function Page({ title, lead, actions, back, children }: PageProps) {
  const { isEmbedded } = useServices();
  const head = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (!isEmbedded) document.title = `${title} – Alumni backup`;
  }, [title, isEmbedded]);

  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    if (head.current!.getBoundingClientRect().top < 0) head.current!.scrollIntoView();
  }, []);

  return (
    <div className="bc-page">
      <header className="bc-page-head" ref={head}>
        <div className="bc-page-words">
          {back && (
            <Anchor
              component={Link}
              href={back.to}
              size="sm"
              className="bc-back"
            >
              <IconArrowLeft size={15} aria-hidden /> {back.label}
            </Anchor>
          )}
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {lead && <div className="bc-lead">{lead}</div>}
        </div>
        {actions && <div className="bc-page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
