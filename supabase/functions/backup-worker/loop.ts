/** Something that is done over and over while there is reason to. */
export interface Loop {
  /** Begins a turn, or has one more follow the present one. Settles when no turn is left. */
  wake(): Promise<void>;
}

/** Waits, unless it is woken before. */
export type Nap = (seconds: number) => Promise<void>;

export function createLoop(turn: (nap: Nap) => Promise<void>): Loop {
  let running: Promise<void> | null = null;
  let isCalled = false;
  let endNap = () => {};

  const nap: Nap = (seconds) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      endNap = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (isCalled) {
      isCalled = false;
      await turn(nap);
    }
    running = null;
  };
  return {
    wake() {
      isCalled = true;
      endNap();
      return running ??= run();
    },
  };
}
