import { Failure } from "./failure.ts";

/** Aborted when somebody asks us to end. Further signals change nothing: we are ending in good order. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(name, () => controller.abort(new Failure("Interrupted; everything is stopped.")));
  }
  return controller.signal;
}

export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve())
  );
}
