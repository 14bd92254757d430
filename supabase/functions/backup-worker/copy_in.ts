import { pipeline } from "node:stream/promises";
import type postgres from "postgres";

/**
 * Runs a COPY … FROM STDIN to its end, with back-pressure. When the rows break off with an error, the COPY fails,
 * and with it its transaction.
 */
export async function copyIn(
  sql: postgres.ISql,
  statement: string,
  rows: AsyncIterable<Uint8Array>,
): Promise<void> {
  const query = sql.unsafe(statement);
  const refused = lateRefusal(query);
  // Whoever waits for it hears of it.
  refused.catch(() => {});
  const copy = await query.writable();
  await Promise.race([pipeline(rows, copy), refused]);
}

/**
 * The driver is done with the query as soon as COPY begins. What the server says after the last byte it tells only
 * to the query's own `reject`, where it would be lost, and the stream would never end.
 */
function lateRefusal(query: object): Promise<never> {
  return new Promise((_, reject) => {
    const told = query as { reject: (error: unknown) => void };
    const tell = told.reject;
    told.reject = (error) => {
      tell(error);
      reject(error);
    };
  });
}
