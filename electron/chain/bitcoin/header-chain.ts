/**
 * A chain of headers without gaps, from the first block that matters to somebody up to the tip. It grows at both ends,
 * gives way only to a chain of more work, and is kept by periods of 2,016 blocks.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import type { HeaderPeriod } from '../../../shared/domain/bitcoin-wallet.ts';
import { checkHeaderChain, HEADER_BYTES, readHeader, workOf, type ChainLink } from './block-header.ts';
import { isSameBytes } from './bytes.ts';
import type { BitcoinServer, ChainTip } from './server.ts';

const PERIOD_BLOCKS = 2016;
/** Requests for headers in flight at once. */
const PARALLEL = 4;

export interface HeaderChain {
  /** Fetches and checks what is missing from `height` on. @throws AppError node-* */
  reachDown(height: number): Promise<void>;
  /** @throws Error where the chain does not reach there */
  bytesAt(height: number): Uint8Array;
  listChanged(): readonly HeaderPeriod[];
}

interface ChainOptions {
  readonly server: BitcoinServer;
  readonly network: BitcoinNetwork;
  readonly kept: readonly HeaderPeriod[];
  readonly tip: ChainTip;
  readonly onProgress: (done: number, total: number) => void;
}

/** @throws AppError node-*; node-behind where the server is behind what was seen before */
export async function createHeaderChain(options: ChainOptions): Promise<HeaderChain> {
  const { server, network, kept, tip, onProgress } = options;
  let { start, bytes } = joinPeriods(kept) ?? { start: tip.height, bytes: tip.header };
  if (kept.length === 0) checkHeaderChain({ network, start, headers: bytes, anchor: null });
  /** Heights from which, and up to which, something is not kept yet. */
  let changed = kept.length === 0 ? { from: start, to: start } : null;

  const tipOf = (): number => start + bytes.length / HEADER_BYTES - 1;
  const bytesAt = (height: number): Uint8Array => {
    if (height < start || height > tipOf()) throw new Error(`no header of block ${height}`);
    const offset = (height - start) * HEADER_BYTES;
    return bytes.subarray(offset, offset + HEADER_BYTES);
  };
  function noteChange(from: number, to: number): void {
    changed =
      changed === null ? { from, to } : { from: Math.min(from, changed.from), to: Math.max(to, changed.to) };
  }

  /** Of the newest header kept at or below `height`: what checking the next ones takes. */
  function linkAt(height: number): ChainLink {
    const { hash, bits, time } = readHeader(bytesAt(height));
    const first = height - (height % PERIOD_BLOCKS);
    const periodStart = first >= start ? readHeader(bytesAt(first)).time : null;
    return { height, hash, bits, time, periodStart, checkpoint: null };
  }

  async function fetch(from: number, to: number): Promise<Uint8Array> {
    const starts: number[] = [];
    for (let at = from; at <= to; at += PERIOD_BLOCKS) starts.push(at);
    const parts: Uint8Array[] = [];
    for (let index = 0; index < starts.length; index += PARALLEL) {
      onProgress(index, starts.length);
      const batch = starts.slice(index, index + PARALLEL);
      parts.push(
        ...(await Promise.all(
          batch.map((at) => server.getHeaders(at, Math.min(PERIOD_BLOCKS, to - at + 1))),
        )),
      );
    }
    const whole = Buffer.concat(parts);
    if (whole.length === (to - from + 1) * HEADER_BYTES) return whole;
    throw new AppError('node-malformed', 'The server left out block headers that it says it has.', {
      detail: `blocks ${from} to ${to}: ${whole.length / HEADER_BYTES} of ${to - from + 1}`,
      help: 'Try again, or use another server.',
      retryable: true,
    });
  }

  async function joinTip(): Promise<void> {
    const before = tipOf();
    if (tip.height <= before && isSameBytes(bytesAt(Math.max(tip.height, start)), tip.header)) {
      if (tip.height < before) throw behind(before - tip.height);
      return;
    }
    // Back to the last block both have: a few at first, then ever more.
    for (let back = 10; ; back *= 10) {
      const from = Math.max(start, Math.min(before, tip.height) - back);
      if (tip.height < from) throw lessWork(tip.height);
      const fresh = await fetch(from, tip.height);
      const isShared = isSameBytes(fresh.subarray(0, HEADER_BYTES), bytesAt(from));
      if (!isShared && from > start) continue;
      const common = isShared ? lastCommon(fresh, from) : start - 1;
      const rest = fresh.subarray((common + 1 - from) * HEADER_BYTES);
      const anchor = isShared ? linkAt(common) : null;
      if (rest.length > 0) checkHeaderChain({ network, start: common + 1, headers: rest, anchor });
      const old = bytes.subarray((common + 1 - start) * HEADER_BYTES);
      if (totalWork(rest) <= totalWork(old)) throw lessWork(tip.height);
      bytes = Buffer.concat([bytes.subarray(0, (common + 1 - start) * HEADER_BYTES), rest]);
      noteChange(common + 1, Math.max(before, tip.height));
      return;
    }
  }

  function lastCommon(fresh: Uint8Array, from: number): number {
    let height = from;
    for (let offset = HEADER_BYTES; offset < fresh.length && height + 1 <= tipOf(); offset += HEADER_BYTES) {
      if (!isSameBytes(fresh.subarray(offset, offset + HEADER_BYTES), bytesAt(height + 1))) break;
      height += 1;
    }
    return height;
  }

  await joinTip();
  if (!isSameBytes(bytesAt(tip.height), tip.header)) {
    throw new AppError('block-changed', 'The newest block was replaced while it was read.', {
      retryable: true,
    });
  }
  return {
    bytesAt,
    async reachDown(height) {
      const from = Math.max(0, height - (height % PERIOD_BLOCKS));
      if (from >= start) return;
      const fresh = await fetch(from, start - 1);
      if (linkOf(fresh) !== readHeader(bytesAt(start)).previous) {
        throw new AppError('node-malformed', 'The server’s older blocks do not lead to its newer ones.', {
          detail: `at block ${start}`,
          help: 'Use another server.',
        });
      }
      // With the kept ones up to the next change of target, which could not be checked without these.
      const above = Math.min(tipOf(), start - (start % PERIOD_BLOCKS) + PERIOD_BLOCKS);
      const joint = bytes.subarray(0, (above + 1 - start) * HEADER_BYTES);
      checkHeaderChain({ network, start: from, headers: Buffer.concat([fresh, joint]), anchor: null });
      noteChange(from, start - 1);
      bytes = Buffer.concat([fresh, bytes]);
      start = from;
    },
    listChanged() {
      if (changed === null) return [];
      const first = Math.floor(Math.max(changed.from, start) / PERIOD_BLOCKS);
      const last = Math.floor(tipOf() / PERIOD_BLOCKS);
      return Array.from({ length: last - first + 1 }, (_, index) => {
        const period = first + index;
        const from = Math.max(start, period * PERIOD_BLOCKS);
        const to = Math.min(tipOf(), (period + 1) * PERIOD_BLOCKS - 1);
        return {
          period,
          skipped: from - period * PERIOD_BLOCKS,
          headers: bytes.slice((from - start) * HEADER_BYTES, (to + 1 - start) * HEADER_BYTES),
        };
      });
    },
  };
}

/** Hash of the last of them. */
function linkOf(headers: Uint8Array): string {
  return readHeader(headers.subarray(headers.length - HEADER_BYTES)).hash;
}

/** What follows without a gap up to the newest period; null for nothing. */
function joinPeriods(kept: readonly HeaderPeriod[]): { start: number; bytes: Uint8Array } | null {
  const sorted = kept.toSorted((a, b) => b.period - a.period);
  const joined: HeaderPeriod[] = [];
  for (const period of sorted) {
    const above = joined[0];
    const isNext =
      above === undefined ||
      (above.period === period.period + 1 &&
        above.skipped === 0 &&
        period.skipped * HEADER_BYTES + period.headers.length === PERIOD_BLOCKS * HEADER_BYTES);
    if (!isNext) break;
    joined.unshift(period);
  }
  const [first] = joined;
  if (first === undefined) return null;
  return {
    start: first.period * PERIOD_BLOCKS + first.skipped,
    bytes: Buffer.concat(joined.map(({ headers }) => headers)),
  };
}

function totalWork(headers: Uint8Array): bigint {
  let total = 0n;
  let bits = -1;
  let work = 0n;
  for (let offset = 0; offset < headers.length; offset += HEADER_BYTES) {
    const next = readHeader(headers.subarray(offset, offset + HEADER_BYTES)).bits;
    // Whole periods have one target.
    if (next !== bits) work = workOf(next);
    bits = next;
    total += work;
  }
  return total;
}

function behind(blocks: number): AppError {
  return new AppError('node-behind', 'The server is behind what was seen before.', {
    detail: `${blocks} blocks`,
    help: 'Wait until it has caught up, or use another server.',
    retryable: true,
  });
}

function lessWork(height: number): AppError {
  return new AppError(
    'node-malformed',
    'The server offers a chain with less work than one that was seen before.',
    {
      detail: `its newest block is ${height}`,
      help: 'It may be cut off from the network, or lie. Use another server.',
      retryable: true,
    },
  );
}
