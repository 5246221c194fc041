interface IdleWatchOptions {
  readonly idleMs: number;
  readonly isConnected: () => boolean;
  /** Whether something is still being worked on. */
  readonly isBusy: () => Promise<boolean>;
  readonly onIdle: () => void;
}

export interface IdleWatch {
  /** To be called whenever a tab came or went. */
  readonly update: () => void;
  stop(): void;
}

/** Calls `onIdle` once, after nobody was connected and nothing was running for the whole time. */
export function watchIdle({ idleMs, isConnected, isBusy, onIdle }: IdleWatchOptions): IdleWatch {
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  const disarm = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const arm = (): void => {
    disarm();
    if (isStopped || isConnected()) return;
    const armed = setTimeout(() => void check(armed), idleMs);
    timer = armed;
  };
  const check = async (armed: NodeJS.Timeout): Promise<void> => {
    // What cannot answer is not working on anything.
    const isRunning = await isBusy().catch(() => false);
    // A tab may have come while the answer was on its way.
    if (isStopped || timer !== armed) return;
    if (isRunning) arm();
    else onIdle();
  };

  arm();
  return {
    update: arm,
    stop() {
      isStopped = true;
      disarm();
    },
  };
}
