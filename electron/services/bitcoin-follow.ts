/**
 * Listens to the Electrum server of the last reading while the window is open, and has Bitcoin read again when something
 * changed. One portfolio at a time: the one that was read last. It begins with a reading somebody asked for, never by
 * itself, and ends as soon as what it rests on is taken back: the server, the proxy, the accounts, the setting.
 */
import { type AppError, toAppError } from '../../shared/contract/errors.ts';
import type { Listening } from '../../shared/contract/methods.ts';
import type { BitcoinNetwork } from '../../shared/domain/bitcoin.ts';
import type { JobClock } from '../jobs.ts';
import { redactError } from '../redact.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import type { BitcoinFollowing, BitcoinLastRead, BitcoinReader } from './readers.ts';

export interface FollowTarget {
  readonly portfolioId: string;
  readonly networkId: string;
  readonly network: BitcoinNetwork;
  /** Of the server that served the reading. */
  readonly url: string;
  readonly accountIds: readonly string[];
  readonly read: BitcoinLastRead;
  /** Reads Bitcoin again. Resolves once that has ended, well or not; a reading that succeeded calls `begin`. */
  readonly refresh: () => Promise<void>;
  /** Keeps a certificate that was seen for the first time. */
  readonly onCertificate: (fingerprint: string) => void;
}

export interface BitcoinFollow {
  /** After a reading. Where that server is listened to already, the connection stays. */
  begin(target: FollowTarget): void;
  /** Null where none is listened to. */
  describe(portfolioId: string): Listening | null;
}

interface Parts {
  readonly store: Store;
  readonly bitcoin: BitcoinReader;
  readonly changes: Changes;
  readonly clock: JobClock;
  /** Aborts when the program ends. */
  readonly signal: AbortSignal;
}

/** Several things change at once where a block comes. */
export const SETTLE_MS = 1000;
/** Between a reading and the next that was not asked for; doubled where a reading did not bring both to say the same. */
export const GAP_MS = 5000;
/** After a connection was lost; doubled each time it is lost again. */
export const RETRY_MS = 30_000;
const MOST_MS = 10 * 60_000;

interface Current {
  target: FollowTarget;
  readonly proxy: string | null;
  readonly controller: AbortController;
  following: BitcoinFollowing | null;
  state: Pick<Listening, 'state' | 'since' | 'error'>;
  /** Since when nobody listens, however often it was tried again. */
  lostAt: number | null;
  /** Times in a row that it was lost, or that a reading was not what the server says. */
  losses: number;
  misses: number;
  /** When the last reading ended. */
  readAt: number;
  isReading: boolean;
  /** Something differs from the last reading. */
  isDue: boolean;
  stopTimer: (() => void) | null;
}

function backOff(ms: number, times: number): number {
  return Math.min(MOST_MS, ms * 2 ** times);
}

export function createBitcoinFollow({ store, bitcoin, changes, clock, signal }: Parts): BitcoinFollow {
  let current: Current | null = null;

  function isAllowed({ target, proxy }: Pick<Current, 'target' | 'proxy'>): boolean {
    const { followBitcoin, bitcoinServers, bitcoinProxy } = store.settings.read();
    const watched = store.accounts
      .list(target.portfolioId)
      .flatMap((account) => (account.kind === 'bitcoin' ? [account.id] : []));
    return (
      followBitcoin &&
      proxy === bitcoinProxy &&
      (bitcoinServers[target.networkId] ?? []).includes(target.url) &&
      watched.length > 0 &&
      watched.every((id) => target.accountIds.includes(id)) &&
      target.accountIds.every((id) => watched.includes(id))
    );
  }

  function stop(): void {
    if (current === null) return;
    const { controller, following, stopTimer, target } = current;
    current = null;
    stopTimer?.();
    controller.abort();
    following?.close();
    changes.tellListening(target.portfolioId);
  }

  function setState(entry: Current, state: Listening['state'], error: AppError | null = null): void {
    if (state === 'listening') entry.lostAt = null;
    const since = state === 'lost' ? (entry.lostAt ??= clock.now()) : clock.now();
    entry.state = { state, since, error: error && redactError(error.toValue()) };
    changes.tellListening(entry.target.portfolioId);
  }

  function later(entry: Current, ms: number, callback: () => void): void {
    entry.stopTimer?.();
    entry.stopTimer = clock.after(ms, () => {
      entry.stopTimer = null;
      if (current === entry) callback();
    });
  }

  function lose(entry: Current, error: AppError): void {
    if (current !== entry) return;
    entry.following = null;
    setState(entry, 'lost', error);
    later(entry, backOff(RETRY_MS, entry.losses), () => void connect(entry));
    entry.losses += 1;
  }

  async function connect(entry: Current): Promise<void> {
    const { target, proxy, controller } = entry;
    setState(entry, 'connecting');
    try {
      const following = await bitcoin.follow(
        {
          network: target.network,
          url: target.url,
          proxy,
          pinned: store.settings.read().serverPins[target.url] ?? null,
          signal: controller.signal,
        },
        target.read,
        {
          onCertificate: target.onCertificate,
          onChange: () => {
            entry.isDue = true;
            readSoon(entry);
          },
          onEnd: (reason) => lose(entry, reason),
        },
      );
      if (current !== entry) {
        following.close();
        return;
      }
      entry.following = following;
      entry.losses = 0;
      setState(entry, 'listening');
    } catch (thrown) {
      lose(entry, toAppError(thrown));
    }
  }

  /** Once for everything that is heard until the reading begins. */
  function readSoon(entry: Current): void {
    if (current !== entry || !entry.isDue || entry.isReading || entry.stopTimer !== null) return;
    const earliest = entry.readAt + backOff(GAP_MS, entry.misses);
    later(entry, Math.max(SETTLE_MS, earliest - clock.now()), () => void read(entry));
  }

  async function read(entry: Current): Promise<void> {
    entry.isReading = true;
    entry.isDue = false;
    // Where it succeeds, `begin` compares it with what was heard. Where it fails, the next thing heard tries again.
    await entry.target.refresh();
    entry.isReading = false;
    entry.readAt = clock.now();
    readSoon(entry);
  }

  async function compare(entry: Current, following: BitcoinFollowing): Promise<void> {
    try {
      const isSame = await following.compare(entry.target.read);
      entry.misses = isSame ? 0 : entry.misses + 1;
      if (!isSame) return;
      // Heard while the reading was under way, and in it.
      entry.isDue = false;
      entry.stopTimer?.();
      entry.stopTimer = null;
    } catch {
      // The connection ended: onEnd tells, and what differs is found when it is there again.
    }
  }

  changes.watch(() => {
    if (current !== null && !isAllowed(current)) stop();
  });
  signal.addEventListener('abort', stop, { once: true });

  return {
    begin(target) {
      const proxy = store.settings.read().bitcoinProxy;
      const isSameServer =
        current?.target.portfolioId === target.portfolioId && current.target.url === target.url;
      if (current !== null && !isSameServer) stop();
      if (signal.aborted || !isAllowed({ target, proxy })) return;
      if (current !== null) {
        current.target = target;
        if (current.following !== null) void compare(current, current.following);
        return;
      }
      current = {
        target,
        proxy,
        controller: new AbortController(),
        following: null,
        state: { state: 'connecting', since: clock.now(), error: null },
        lostAt: null,
        losses: 0,
        misses: 0,
        readAt: clock.now(),
        isReading: false,
        isDue: false,
        stopTimer: null,
      };
      void connect(current);
    },
    describe(portfolioId) {
      if (current?.target.portfolioId !== portfolioId) return null;
      const { endpoint } = bitcoin.parseServer(current.target.url);
      return { ...current.state, endpoint };
    },
  };
}
