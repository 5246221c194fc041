/**
 * The page's copy of what the main process knows: one entry per method and input, asked once however many components
 * look at it, and dropped when the main process says that it changed. Plain TypeScript, so that it is tested without
 * a browser; useQuery.ts binds it to React.
 */
import type { Client } from '../../shared/contract/bridge.ts';
import { encode } from '../../shared/contract/codec.ts';
import { toAppError, type AppError } from '../../shared/contract/errors.ts';
import type { AppEvent, MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';

/** What a component sees. Data stays in view while it is asked for again, and beside an error of the last asking. */
export interface QuerySnapshot<T> {
  readonly data: T | undefined;
  readonly error: AppError | null;
  /** Asked, and nothing to show yet. */
  readonly isLoading: boolean;
  /** Asked again while earlier data is shown. */
  readonly isReloading: boolean;
}

export interface QueryCache {
  /** Asks unless the answer is there or on its way. */
  ensure<M extends MethodName>(method: M, input: MethodInput<M>): void;
  read<M extends MethodName>(method: M, input: MethodInput<M>): QuerySnapshot<MethodOutput<M>>;
  /** Calls back on every change of the entry, until the returned function is called. */
  watch<M extends MethodName>(method: M, input: MethodInput<M>, listener: () => void): () => void;
  reload<M extends MethodName>(method: M, input: MethodInput<M>): void;
  /** Puts an answer in place that was learnt another way (the output of a command). */
  write<M extends MethodName>(method: M, input: MethodInput<M>, data: MethodOutput<M>): void;
  readonly handleEvent: (event: AppEvent) => void;
}

interface Entry {
  readonly method: MethodName;
  readonly input: unknown;
  readonly listeners: Set<() => void>;
  snapshot: QuerySnapshot<unknown>;
  /** Counts the askings and writings: an answer that is no longer the newest is thrown away. */
  generation: number;
  isFresh: boolean;
}

const EMPTY: QuerySnapshot<never> = { data: undefined, error: null, isLoading: true, isReloading: false };

/** Entries nobody looks at are kept for coming back to a page, but not without end. */
const KEPT_UNWATCHED = 40;

function keyOf(method: MethodName, input: object): string {
  const sorted = Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${method} ${encode(Object.fromEntries(sorted))}`;
}

/** Portfolios an entry speaks of: an input without one may be about any. */
function concernsPortfolio(input: unknown, portfolioId: string | null): boolean {
  if (portfolioId === null || typeof input !== 'object' || input === null) return true;
  return !('portfolioId' in input) || input.portfolioId === portfolioId;
}

export function createQueryCache(client: Pick<Client, 'call'>): QueryCache {
  const entries = new Map<string, Entry>();

  function entryOf<M extends MethodName>(method: M, input: MethodInput<M>): Entry {
    const key = keyOf(method, input);
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = {
      method,
      input,
      listeners: new Set(),
      snapshot: EMPTY,
      generation: 0,
      isFresh: false,
    };
    entries.set(key, entry);
    dropUnwatched();
    return entry;
  }

  function dropUnwatched(): void {
    const unwatched = [...entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of unwatched.slice(0, Math.max(0, unwatched.length - KEPT_UNWATCHED)))
      entries.delete(key);
  }

  function publish(entry: Entry, snapshot: QuerySnapshot<unknown>): void {
    entry.snapshot = snapshot;
    for (const listener of entry.listeners) listener();
  }

  function ask(entry: Entry): void {
    entry.generation += 1;
    const { generation, snapshot } = entry;
    entry.isFresh = true;
    const hasData = snapshot.data !== undefined;
    publish(entry, { ...snapshot, isLoading: !hasData, isReloading: hasData });
    // The entry holds the input it was made with, so method and input still belong together.
    client.call(entry.method, entry.input as MethodInput<MethodName>).then(
      (data) => {
        if (entry.generation !== generation) return;
        publish(entry, { data, error: null, isLoading: false, isReloading: false });
      },
      (thrown: unknown) => {
        if (entry.generation !== generation) return;
        const error = toAppError(thrown);
        publish(entry, { data: entry.snapshot.data, error, isLoading: false, isReloading: false });
      },
    );
  }

  function invalidate(methods: readonly string[], portfolioId: string | null): void {
    for (const [key, entry] of entries) {
      if (!methods.includes(entry.method) || !concernsPortfolio(entry.input, portfolioId)) continue;
      if (entry.listeners.size > 0) ask(entry);
      else entries.delete(key);
    }
  }

  return {
    ensure(method, input) {
      const entry = entryOf(method, input);
      if (!entry.isFresh) ask(entry);
    },
    read(method, input) {
      // Only answers to this method were ever put into its entry.
      const snapshot = entries.get(keyOf(method, input))?.snapshot ?? EMPTY;
      return snapshot as QuerySnapshot<MethodOutput<typeof method>>;
    },
    watch(method, input, listener) {
      const entry = entryOf(method, input);
      entry.listeners.add(listener);
      return () => {
        entry.listeners.delete(listener);
        dropUnwatched();
      };
    },
    reload(method, input) {
      ask(entryOf(method, input));
    },
    write(method, input, data) {
      const entry = entryOf(method, input);
      entry.generation += 1;
      entry.isFresh = true;
      publish(entry, { data, error: null, isLoading: false, isReloading: false });
    },
    handleEvent(event) {
      if (event.kind === 'changed') invalidate(event.methods, event.portfolioId);
    },
  };
}
