import type { Json } from "../_shared/database.types.ts";
import { errorFields } from "../_shared/logger.ts";
import type { JobContext } from "./worker.ts";

/** SQLSTATE of the notices by which a long function tells how far it is: its transaction is seen by nobody else. */
export const progressSqlState = "BK001";

/** Nobody looks more often. */
const pauseMs = 1000;

/** Stores what a long function tells while it runs: the latest, once a second at most. */
export class ProgressReport {
  readonly #context: JobContext;
  #latest: Json | null = null;
  #sending: Promise<void> | null = null;
  #wait: ReturnType<typeof setTimeout> | undefined;

  constructor(context: JobContext) {
    this.#context = context;
  }

  /** Takes any notice of the server. */
  hear(notice: Record<string, string>): void {
    if (notice.code !== progressSqlState) return;
    this.#latest = JSON.parse(notice.message);
    if (!this.#sending && this.#wait === undefined) this.#send();
  }

  /** Afterwards nothing more is stored: the job may be over. */
  async stop(): Promise<void> {
    this.#latest = null;
    clearTimeout(this.#wait);
    await this.#sending;
    clearTimeout(this.#wait);
  }

  #send(): void {
    this.#wait = undefined;
    const progress = this.#latest;
    if (progress === null) return;
    this.#latest = null;
    const { database, held, caller, log } = this.#context;
    this.#sending = database.call("record_progress", { ...held, progress }, caller)
      // It is for those who watch; the work goes on without it, or is stopped by the lease.
      .catch((error) => log.warn("progress was not stored", errorFields(error)))
      .finally(() => {
        this.#sending = null;
        this.#wait = setTimeout(() => this.#send(), pauseMs);
      });
  }
}
