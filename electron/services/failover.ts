/** Asks one server after the other, of those the user entered and in their order, until one of them does the work. */
import { AppError, type ErrorCode } from '../../shared/contract/errors.ts';
import type { ServerHealth } from '../../shared/contract/server-health.ts';

/** A server that was asked, or would have been, and why another one was taken. */
export interface PassedOver {
  /** Host and port. */
  readonly endpoint: string;
  readonly error: AppError;
}

export interface Answer<T> {
  readonly value: T;
  readonly passedOver: readonly PassedOver[];
}

export interface Candidate {
  readonly url: string;
  /** Host and port: all of the URL that may be shown. */
  readonly endpoint: string;
}

export interface Failover {
  /**
   * Does the work with one server, from its beginning to its end. Where the server fails, the work starts over on the
   * next. Servers that failed lately stand behind the others.
   * @param group what the servers belong to: one that fails in one group may serve in another
   * @throws what the work throws: of several servers that failed, the first one's error
   */
  ask<T>(
    group: string,
    candidates: readonly Candidate[],
    signal: AbortSignal,
    work: (url: string) => Promise<T>,
  ): Promise<Answer<T>>;
  /** What each of them did when it was last asked, in their order. */
  describe(group: string, urls: readonly string[]): ServerHealth[];
}

/** What is wrong with one server and may be right with another. */
const SERVER_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'node-unreachable',
  'node-timeout',
  'node-rate-limited',
  'node-refused',
  'node-malformed',
  'node-behind',
  'wrong-chain',
  'certificate-changed',
  'block-changed',
]);
/** How long a server that failed is asked after the others only: not every refresh should wait for its time-out. */
export const REST_MS = 5 * 60_000;

interface Rest {
  readonly until: number;
  readonly error: AppError;
}

export function createFailover(now: () => number): Failover {
  /** By group and URL, for as long as the program runs. */
  const rests = new Map<string, Rest>();
  /** The last work of each, for as long as the program runs. */
  const last = new Map<string, ServerHealth>();
  const keyOf = (group: string, url: string): string => JSON.stringify([group, url]);

  function findRest(key: string): Rest | null {
    const rest = rests.get(key);
    return rest !== undefined && rest.until > now() ? rest : null;
  }

  return {
    async ask(group, candidates, signal, work) {
      const places = candidates.map((one, place) => ({
        ...one,
        place,
        key: keyOf(group, one.url),
      }));
      const resting = places.flatMap((one) => {
        const rest = findRest(one.key);
        return rest === null ? [] : [{ ...one, rest }];
      });
      const awake = places.filter(({ key }) => !resting.some((one) => one.key === key));
      const failed: PassedOver[] = [];
      for (const { url, endpoint, place, key } of [...awake, ...resting]) {
        try {
          const value = await work(url);
          rests.delete(key);
          last.set(key, { kind: 'served', at: now() });
          // One that rests is passed over unasked only where it would have come first.
          const unasked = resting.filter(
            (one) => one.place < place && !failed.some((other) => other.endpoint === one.endpoint),
          );
          return {
            value,
            passedOver: [
              ...unasked.map(({ endpoint: name, rest }) => ({ endpoint: name, error: rest.error })),
              ...failed,
            ],
          };
        } catch (error) {
          if (signal.aborted || !(error instanceof AppError) || !SERVER_FAULTS.has(error.code)) throw error;
          const until = now() + REST_MS;
          rests.set(key, { until, error });
          last.set(key, { kind: 'failed', at: now(), message: error.message, restsUntil: until });
          failed.push({ endpoint, error });
        }
      }
      throw describeAll(failed);
    },
    describe: (group, urls) => urls.map((url) => last.get(keyOf(group, url)) ?? { kind: 'unasked' }),
  };
}

/** The error of the server that comes first; where there were others, its detail says what each of them said. */
function describeAll(failed: readonly PassedOver[]): AppError {
  const [first] = failed;
  if (first === undefined) throw new Error('no server was asked');
  if (failed.length === 1) return first.error;
  const { code, message, help } = first.error;
  return new AppError(code, message, {
    detail: failed.map(({ endpoint, error }) => `${endpoint}: ${error.message}`).join('\n'),
    ...(help === undefined ? {} : { help }),
    retryable: failed.some(({ error }) => error.retryable),
  });
}
