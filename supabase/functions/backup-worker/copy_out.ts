import type postgres from "postgres";
import { CopySocket, type RowSink } from "./copy_socket.ts";
import { openSession, type Session, type SessionOptions } from "./session.ts";

/** A session that can read rows, too. */
export interface CopySession extends Session {
  /** Runs a COPY … TO STDOUT to its end. */
  copyOut(query: string, sink: RowSink): Promise<void>;
}

export async function openCopySession(options: SessionOptions): Promise<CopySession> {
  let current: RowSink | null = null;
  const { databaseUrl, driver } = options;
  const session = await openSession({
    ...options,
    driver: { ...rowsAside(databaseUrl, (rows, count) => current?.(rows, count)), ...driver },
  });
  return {
    ...session,
    async copyOut(query, sink) {
      current = sink;
      try {
        await session.run((sql) => readRows(sql, query, sink));
      } finally {
        current = null;
      }
    },
  };
}

async function readRows(sql: postgres.Sql, query: string, sink: RowSink): Promise<void> {
  const copy = await sql.unsafe(query).readable();
  // What the driver still sees of the rows (with TLS: all of them) is taken here. Never pausing: a paused socket
  // can hang for good. What is read is bounded, so reading it whole is what bounds memory.
  copy.on("data", (row: Uint8Array) => sink(row, 1));
  await new Promise<void>((resolve, reject) => {
    copy.on("end", resolve);
    copy.on("error", reject);
  });
}

/** Options of the driver that hand rows to the sink; none where the connection needs TLS or is no TCP. */
function rowsAside(databaseUrl: string, sink: RowSink) {
  const { hostname, port, searchParams } = new URL(databaseUrl);
  const isPlain = ["disable", null].includes(searchParams.get("sslmode")) && !searchParams.has("ssl");
  if (!isPlain || hostname === "") return {};
  return {
    socket: () =>
      CopySocket.connect(decodeURIComponent(hostname).replace(/^\[|\]$/g, ""), Number(port || 5432), sink),
  };
}
