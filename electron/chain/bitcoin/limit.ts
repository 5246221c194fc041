/** Many questions, a few at a time. */

export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets `most` pieces of work run at once; the others wait their turn. */
export function createLimiter(most: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on; nobody can slip in between.
      if (next) next();
      else running--;
    }
  };
}

/** Answers in the order of the items. After a failure nothing more is begun. */
export function mapLimited<T, R>(
  items: readonly T[],
  limit: Limiter,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  let failure: { thrown: unknown } | null = null;
  return Promise.all(
    items.map((item) =>
      limit(async () => {
        if (failure !== null) throw failure.thrown;
        try {
          return await work(item);
        } catch (thrown) {
          failure ??= { thrown };
          throw thrown;
        }
      }),
    ),
  );
}
