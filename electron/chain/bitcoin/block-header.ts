/** Headers of blocks: what is in them, the work they prove, and whether a chain of them obeys Bitcoin's rules. */
import { hash as hashOnce } from 'node:crypto';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { CHAIN_RULES, type ChainRules } from './chain-parameters.ts';
import { untrueError } from './server-errors.ts';

export const HEADER_BYTES = 80;

/** Hashes as people write them: hex, bytes reversed. */
export interface BlockHeader {
  readonly hash: string;
  readonly previous: string;
  readonly merkleRoot: string;
  /** Unix seconds. */
  readonly time: number;
  /** The target in compact form. */
  readonly bits: number;
}

/** The newest header of a chain that was checked: all that checking the next ones takes. */
export interface ChainLink {
  readonly height: number;
  readonly hash: string;
  readonly bits: number;
  /** Unix seconds. */
  readonly time: number;
  /** When the first block of its period of 2016 was made, Unix seconds; null where that one was not checked. */
  readonly periodStart: number | null;
  /** Height of the last known block this chain holds; null where it holds none, and may have grown anywhere. */
  readonly checkpoint: number | null;
}

export interface HeaderSlice {
  /** Height of the first header. */
  readonly start: number;
  /** 80 bytes each, one after the other. */
  readonly headers: Uint8Array;
  /** What the slice before gave; null where this is the first. A first header is compared with nothing before it. */
  readonly anchor: ChainLink | null;
}

const PERIOD_BLOCKS = 2016;
const PERIOD_SECONDS = 14n * 86_400n;
/** So much easier than a known block's may a target above it be: mining has never shrunk to that. */
const MOST_EASING = 16n;

/** @throws RangeError where it is not 80 bytes: a fault of the caller */
export function readHeader(bytes: Uint8Array): BlockHeader {
  if (bytes.length !== HEADER_BYTES) throw new RangeError('A block header is 80 bytes.');
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  return {
    hash: writeHash(hashTwice(view)),
    previous: writeHash(view.subarray(4, 36)),
    merkleRoot: writeHash(view.subarray(36, 68)),
    time: view.readUInt32LE(68),
    bits: view.readUInt32LE(72),
  };
}

/** The number a hash must not exceed. 0, which no hash meets, where the compact form is negative or overflows. */
export function targetOf(bits: number): bigint {
  const size = bits >>> 24;
  const mantissa = bits & 0x7fffff;
  if ((bits & 0x800000) !== 0) return 0n;
  const target =
    size <= 3 ? BigInt(mantissa >>> (8 * (3 - size))) : BigInt(mantissa) << (8n * BigInt(size - 3));
  return target < 1n << 256n ? target : 0n;
}

/** How many hashes it takes on average to meet it; 0 where the target is none. */
export function workOf(bits: number): bigint {
  const target = targetOf(bits);
  return target === 0n ? 0n : (1n << 256n) / (target + 1n);
}

/** The compact form, which keeps the upper 15 to 23 bits and drops the rest. */
export function bitsOf(target: bigint): number {
  let size = Math.ceil(target.toString(2).length / 8);
  let mantissa = Number(size <= 3 ? target << (8n * BigInt(3 - size)) : target >> (8n * BigInt(size - 3)));
  // The highest bit is a sign.
  if (mantissa >= 0x800000) {
    mantissa >>>= 8;
    size++;
  }
  return size * 2 ** 24 + mantissa;
}

/**
 * The target of the next period (Bitcoin Core, pow.cpp, CalculateNextWorkRequired). From the first to the last block of
 * a period there are 2015 steps, not 2016: an error as old as Bitcoin, and thereby a rule.
 * @param first @param last when those two blocks were made, Unix seconds
 */
export function nextBits(bits: number, first: number, last: number, limitBits: number): number {
  const taken = BigInt(last - first);
  const least = PERIOD_SECONDS / 4n;
  const most = PERIOD_SECONDS * 4n;
  const clamped = taken < least ? least : taken > most ? most : taken;
  const target = (targetOf(bits) * clamped) / PERIOD_SECONDS;
  const limit = targetOf(limitBits);
  return bitsOf(target > limit ? limit : target);
}

/**
 * Whether these headers are a chain: each follows the one before and meets its own target, and on mainnet the targets
 * are those the rules give. Made for slices: what it returns is the next slice's anchor.
 * Not checked: a block's time against the median of the eleven before, and what is in the blocks.
 * @throws AppError node-malformed, saying at what height what does not fit
 */
export function checkHeaderChain({
  network,
  ...slice
}: HeaderSlice & { readonly network: BitcoinNetwork }): ChainLink {
  return checkHeaders(CHAIN_RULES[network], slice);
}

/** {@link checkHeaderChain} under given rules. */
export function checkHeaders(rules: ChainRules, { start, headers, anchor }: HeaderSlice): ChainLink {
  if (anchor !== null && anchor.height !== start - 1) throw new RangeError('The anchor is another block.');
  if (headers.length === 0 || headers.length % HEADER_BYTES !== 0) {
    throw untrueError('The server sent block headers that are cut off.', `${headers.length} bytes`);
  }
  const bytes = Buffer.from(headers.buffer, headers.byteOffset, headers.length);
  const targets = createTargets();
  let link = anchor;
  for (let offset = 0; offset < bytes.length; offset += HEADER_BYTES) {
    const height = start + offset / HEADER_BYTES;
    link = checkNext(rules, targets, link, height, bytes.subarray(offset, offset + HEADER_BYTES));
  }
  // There was at least one.
  return link as ChainLink;
}

function checkNext(
  rules: ChainRules,
  targets: Targets,
  before: ChainLink | null,
  height: number,
  bytes: Buffer,
): ChainLink {
  const bits = bytes.readUInt32LE(72);
  const time = bytes.readUInt32LE(68);
  const reversed = hashTwice(bytes).reverse();
  const hash = reversed.toString('hex');
  if (before !== null && writeHash(bytes.subarray(4, 36)) !== before.hash) {
    throw unfit(height, 'does not follow the block before it');
  }
  const { asBytes, asNumber } = targets(bits);
  if (reversed.compare(asBytes) > 0) throw unfit(height, 'does not hold the work that it claims');
  if (asNumber > targets(rules.limitBits).asNumber) {
    throw unfit(height, 'has an easier target than the network allows');
  }
  if (rules.isRetargeted && before !== null) checkTarget(rules, before, height, bits);
  const known = rules.checkpoints.findLast((checkpoint) => checkpoint.height <= height);
  if (known !== undefined && known.height === height && known.hash !== hash) {
    throw unfit(height, 'is not the one that is known to stand there', hash);
  }
  if (known !== undefined && asNumber > targets(known.bits).asNumber * MOST_EASING) {
    throw unfit(height, 'does not have enough work', `compared with block ${known.height}`);
  }
  return {
    height,
    hash,
    bits,
    time,
    periodStart: height % PERIOD_BLOCKS === 0 ? time : (before?.periodStart ?? null),
    checkpoint: known?.height === height ? height : (before?.checkpoint ?? null),
  };
}

/** Whether a block may have this target after the one before it. */
function checkTarget({ limitBits }: ChainRules, before: ChainLink, height: number, bits: number): void {
  if (height % PERIOD_BLOCKS !== 0) {
    if (bits !== before.bits) throw unfit(height, 'changes the target in the middle of a period');
    return;
  }
  if (before.periodStart !== null) {
    if (bits !== nextBits(before.bits, before.periodStart, before.time, limitBits)) {
      throw unfit(height, 'has another target than the period before it gives');
    }
    return;
  }
  // When the period began is not known: the target is at least no further from the last one than any period takes it.
  const hardest = nextBits(before.bits, 0, 0, limitBits);
  const easiest = nextBits(before.bits, 0, Number(PERIOD_SECONDS) * 4, limitBits);
  const target = targetOf(bits);
  if (target < targetOf(hardest) || target > targetOf(easiest)) {
    throw unfit(height, 'changes the target by more than a factor of four');
  }
}

type Targets = (bits: number) => { readonly asNumber: bigint; readonly asBytes: Buffer };

/** Whole periods have one target: it is worked out once. */
function createTargets(): Targets {
  const known = new Map<number, ReturnType<Targets>>();
  return (bits) => {
    const found = known.get(bits);
    if (found !== undefined) return found;
    const asNumber = targetOf(bits);
    const made = { asNumber, asBytes: Buffer.from(asNumber.toString(16).padStart(64, '0'), 'hex') };
    known.set(bits, made);
    return made;
  };
}

function unfit(height: number, what: string, detail?: string): Error {
  return untrueError(`The server’s header of block ${height} ${what}.`, detail);
}

export function hashTwice(bytes: Uint8Array): Buffer {
  return hashOnce('sha256', hashOnce('sha256', bytes, 'buffer'), 'buffer');
}

/** As people write it: hex, bytes reversed. */
export function writeHash(bytes: Uint8Array): string {
  return Buffer.from(bytes).reverse().toString('hex');
}
