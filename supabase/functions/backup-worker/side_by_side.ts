import type { Decrypt } from "../_shared/age.ts";
import type { ArchivedText } from "../_shared/answers.ts";
import type { Bytes } from "../_shared/bytes.ts";
import { release } from "../_shared/release.ts";
import { fetchAhead } from "./fetch_ahead.ts";
import type { Session } from "./session.ts";
import type { JobContext } from "./worker.ts";

/** One process of the server turns text into rows slower than we bring it. */
const sessionCount = 2;

/** Some sessions of a kind, while the work lasts. */
export async function withSessions<AnySession extends Session>(
  open: () => Promise<AnySession>,
  work: (sessions: AnySession[]) => Promise<void>,
): Promise<void> {
  const sessions: AnySession[] = [];
  try {
    while (sessions.length < sessionCount) sessions.push(await open());
    await work(sessions);
  } finally {
    for (const session of sessions) await session.close();
  }
}

/**
 * What is done with a part on one of the sessions. False: enough, nobody takes another one. To look at its bytes may
 * fail as fetching and decrypting them can.
 */
export type PartReader<AnySession, Part> = (
  session: AnySession,
  part: Part,
  zipped: Promise<Bytes>,
) => Promise<boolean>;

/** Reads parts on all sessions at once. When it returns or fails, every session is idle. */
export async function readSideBySide<AnySession extends Session, Part extends ArchivedText>(
  context: JobContext,
  sessions: AnySession[],
  parts: Part[],
  decrypt: Decrypt,
  read: PartReader<AnySession, Part>,
): Promise<void> {
  const fetched = fetchAhead(context, parts, decrypt);
  const readNext = async (session: AnySession) => {
    for await (const { part, zipped } of fetched) {
      try {
        if (!await read(session, part, zipped)) return;
      } finally {
        await zipped.then(release, () => {});
      }
    }
  };
  const ends = await Promise.allSettled(sessions.map(readNext));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
