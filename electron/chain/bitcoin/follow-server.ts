/**
 * Listens to an Electrum server between readings: it tells when one of the scripts that were read has another history, or
 * when a block came. What changed is then read and checked like everything else; nothing is believed here.
 */
import type { AppError } from '../../../shared/contract/errors.ts';
import { readHeader } from './block-header.ts';
import { connectElectrum, type ElectrumOptions, type ServerNote } from './electrum.ts';

/** What the last reading saw: that which the server says is compared with. */
export interface LastRead {
  /** Hash of the newest block. */
  readonly tipHash: string;
  /** By script hash, of every script whose history is followed; null where it has none. */
  readonly statuses: ReadonlyMap<string, string | null>;
}

export interface FollowHooks {
  /** Something differs from the last reading. Called again for each thing heard until a newer reading is compared. */
  readonly onChange: () => void;
  /** It listens no more. Not called after {@link Following.close}. */
  readonly onEnd: (reason: AppError) => void;
}

export interface Following {
  /**
   * Listens to scripts that are new, too, and holds what was heard against a newer reading.
   * @returns whether both say the same; where they do not, `onChange` is called
   * @throws AppError node-*, cancelled; onEnd tells too
   */
  compare(read: LastRead): Promise<boolean>;
  close(): void;
}

/** Servers hang up on those who are silent for ten minutes; what hung up unseen is found out as soon as that. */
const PING_MS = 60_000;

/** @throws AppError bad-url, node-*, wrong-chain, certificate-changed, cancelled */
export async function followServer(
  options: Omit<ElectrumOptions, 'onChange' | 'onEnd'>,
  first: LastRead,
  { onChange, onEnd }: FollowHooks,
): Promise<Following> {
  const heard = new Map<string, string | null>();
  let heardTip: string | null = null;
  let read = first;
  let isClosed = false;
  let ping: NodeJS.Timeout | null = null;

  function differs(): boolean {
    if (heardTip !== null && heardTip !== read.tipHash) return true;
    return [...heard].some(
      ([scriptHash, status]) =>
        read.statuses.has(scriptHash) && (read.statuses.get(scriptHash) ?? null) !== status,
    );
  }

  function stopPing(): void {
    if (ping !== null) clearInterval(ping);
  }

  function hear(note: ServerNote): void {
    if (note.kind === 'tip') heardTip = readHeader(note.tip.header).hash;
    else heard.set(note.scriptHash, note.status);
    if (differs()) onChange();
  }

  const server = await connectElectrum({
    ...options,
    onChange: hear,
    onEnd(reason) {
      stopPing();
      if (!isClosed) onEnd(reason);
    },
  });
  // A ping that fails ends the connection, which onEnd tells.
  ping = setInterval(() => void askTip().catch(() => undefined), PING_MS);
  ping.unref();

  async function askTip(): Promise<void> {
    hear({ kind: 'tip', tip: await server.getTip() });
  }

  async function compare(newer: LastRead): Promise<boolean> {
    read = newer;
    const fresh = [...read.statuses.keys()].filter((scriptHash) => !heard.has(scriptHash));
    const [tip, statuses] = await Promise.all([server.getTip(), server.getStatuses(fresh)]);
    heardTip = readHeader(tip.header).hash;
    fresh.forEach((scriptHash, index) => {
      // What was told meanwhile is newer than the answer may be.
      if (!heard.has(scriptHash)) heard.set(scriptHash, statuses[index] ?? null);
    });
    const isSame = !differs();
    if (!isSame) onChange();
    return isSame;
  }

  function close(): void {
    isClosed = true;
    stopPing();
    server.close();
  }

  try {
    await compare(first);
  } catch (thrown) {
    close();
    throw thrown;
  }
  return { compare, close };
}
