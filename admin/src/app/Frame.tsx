import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconActivity,
  IconCalendarClock,
  IconDatabase,
  IconHistory,
  IconListCheck,
  type IconProps,
  IconUserCircle,
} from "@tabler/icons-react";
import { type ComponentType, type ReactNode, type RefObject, useRef } from "react";
import { Link, useLocation } from "wouter";
import { useNotifications } from "../api/activity.ts";
import { ColorSchemeItems } from "./ColorSchemeItems.tsx";
import { Connection } from "./Connection.tsx";
import { Mark } from "./Mark.tsx";
import { useServices } from "./services.ts";
import { useSession } from "./session.tsx";

const places: { to: string; label: string; icon: ComponentType<IconProps> }[] = [
  { to: "/backups", label: "Backups", icon: IconDatabase },
  { to: "/restore", label: "Restore", icon: IconHistory },
  { to: "/validation", label: "Validation", icon: IconListCheck },
  { to: "/schedule", label: "Schedule", icon: IconCalendarClock },
  { to: "/activity", label: "Activity", icon: IconActivity },
];

/** Navigation around the screens: beside them, above them in a host's page, below them on a phone. */
export function Frame({ children }: { children: ReactNode }) {
  const { isEmbedded } = useServices();
  const main = useRef<HTMLElement>(null);
  return (
    <div className="bc-frame" data-embedded={isEmbedded || undefined}>
      <nav className="bc-nav" aria-label="Console">
        {!isEmbedded && <Skip to={main} />}
        {!isEmbedded && (
          <div className="bc-brand">
            <Mark size={28} /> Alumni backup
          </div>
        )}
        <ul>
          {places.map((place) => (
            <li key={place.to}>
              <Place {...place} />
            </li>
          ))}
        </ul>
        {!isEmbedded && <Account />}
      </nav>
      <main className="bc-main" ref={main} tabIndex={-1}>
        <Connection />
        {children}
      </main>
    </div>
  );
}

/** Past the navigation. Not a link: in an address, what is behind the hash is taken already. */
function Skip({ to }: { to: RefObject<HTMLElement | null> }) {
  return (
    <button
      type="button"
      className="bc-skip"
      onClick={() => to.current?.focus()}
    >
      Skip to the content
    </button>
  );
}

function Place({ to, label, icon: Icon }: typeof places[number]) {
  const [location] = useLocation();
  const isHere = location === to || location.startsWith(`${to}/`);
  return (
    <Link
      href={to}
      className="bc-place"
      aria-current={isHere ? "page" : undefined}
    >
      <Icon size={19} stroke={1.7} aria-hidden />
      <span>{label}</span>
      {to === "/activity" && <Unread />}
    </Link>
  );
}

function Unread() {
  const unread = useNotifications().data?.unread_count ?? 0;
  if (unread === 0) return null;
  return (
    <span className="bc-unread">
      {unread > 99 ? "99+" : unread}
      <span className="bc-unseen">unread</span>
    </span>
  );
}

function Account() {
  const { session, signOut } = useSession();
  const email = "person" in session ? session.person.email : undefined;
  return (
    <div className="bc-account">
      <span className="bc-account-name" title={email}>{email}</span>
      <Menu>
        <Tooltip label="Account and appearance">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label="Account and appearance"
            >
              <IconUserCircle size={20} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
        </Tooltip>
        <Menu.Dropdown>
          <ColorSchemeItems />
          <Menu.Divider />
          <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
