/**
 * Readers as generators. A reader yields the calls it needs next and is resumed with their outcomes; readers run
 * together merge what they yield. So everything that does not depend on an earlier answer travels in one round, and
 * the number of rounds is the longest chain of dependent questions, whatever the number of readers.
 */
import type { Call, Outcome } from './view.ts';

export type Reader<T> = Generator<readonly Call[], T, readonly Outcome<unknown>[]>;

/** Asks one call. */
export function* ask<T>(call: Call<T>): Reader<Outcome<T>> {
  const [outcome] = yield [call];
  if (outcome === undefined) throw new Error(`no outcome for ${call.call}`);
  // The outcome at this place was settled by this call's own decoder.
  return outcome as Outcome<T>;
}

type ResultsOf<R extends readonly Reader<unknown>[]> = {
  [K in keyof R]: R[K] extends Reader<infer T> ? T : never;
};

/** Runs readers side by side, all of them one step per round. Results stand in the order of the readers. */
export function* together<const R extends readonly Reader<unknown>[]>(readers: R): Reader<ResultsOf<R>> {
  const results: unknown[] = new Array(readers.length).fill(undefined);
  let running = readers.map((reader, index) => ({ reader, index, step: reader.next() }));
  for (;;) {
    for (const { index, step } of running) if (step.done === true) results[index] = step.value;
    running = running.filter(({ step }) => step.done !== true);
    // Every place was filled by the reader at its index.
    if (running.length === 0) return results as ResultsOf<R>;
    const wanted = running.map(({ step }) => step.value as readonly Call[]);
    const outcomes = yield wanted.flat();
    let from = 0;
    running = running.map(({ reader, index }, place) => {
      const to = from + (wanted[place]?.length ?? 0);
      const step = reader.next(outcomes.slice(from, to));
      from = to;
      return { reader, index, step };
    });
  }
}

/** One reader per item, side by side. */
export function* forEach<I, T>(items: Iterable<I>, read: (item: I, index: number) => Reader<T>): Reader<T[]> {
  return yield* together(Array.from(items, read));
}

/** A value that needs no call, as a reader. */
export function* give<T>(value: T): Reader<T> {
  return value;
}

/** Asks the calls of one round; outcomes stand in the order of the calls. */
export type RunRound = (calls: readonly Call[], round: number) => Promise<readonly Outcome<unknown>[]>;

/** Runs a reader to its end. A call asked twice in a round, or again in a later one, is sent once. */
export async function runReader<T>(reader: Reader<T>, runRound: RunRound): Promise<T> {
  const known = new Map<string, Outcome<unknown>>();
  let round = 0;
  for (let step = reader.next(); ;) {
    if (step.done === true) return step.value;
    const calls = step.value;
    const fresh = new Map<string, Call>();
    for (const call of calls) if (!known.has(keyOf(call))) fresh.set(keyOf(call), call);
    if (fresh.size > 0) {
      round += 1;
      const outcomes = await runRound([...fresh.values()], round);
      [...fresh.keys()].forEach((key, index) => {
        const outcome = outcomes[index];
        if (outcome !== undefined) known.set(key, outcome);
      });
    }
    step = reader.next(
      calls.map((call) => {
        const outcome = known.get(keyOf(call));
        if (outcome === undefined) throw new Error(`no outcome for ${call.call}`);
        return outcome;
      }),
    );
  }
}

/** The text is part of the key: the same call under two contract names is two readings. */
function keyOf(call: Call): string {
  return `${call.contract} ${call.address} ${call.data ?? call.call}`;
}
