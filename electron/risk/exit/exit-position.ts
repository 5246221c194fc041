/** Positions as the exit model sees them: which way out, what was read about it, how much. */
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import type { Evidence, NumberRange } from '../../../shared/domain/exit.ts';
import type { Exposure, ExposurePosition } from '../../../shared/domain/exposure.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { exactly } from './duration.ts';
import type { ExitFactId } from './exit-facts.ts';
import { findPathOfInstrument } from './exit-paths.ts';

export interface ExitPosition {
  readonly id: string;
  readonly label: string;
  readonly instrumentId: string;
  /** What the amount counts; positions of one plan share it. */
  readonly unit: 'wei' | 'sat';
  /** Book value; null: not valued. */
  readonly amount: bigint | null;
  /** Id of an exit path; null where none is known. */
  readonly pathId: string | null;
  /** Path of the token a strategy or vault pays out; null where there is none, or it is not known. */
  readonly underlyingPathId: string | null;
  /** What arrives where the path leaves it open: the symbol of the underlying. */
  readonly underlyingSymbol: string;
  /** Whether a service can slash it while it stands in escrow. */
  readonly isSlashable: boolean;
  /** Facts read or known for this position alone, in the fact's unit: blocks left, a vault's epochs. */
  readonly readings: Partial<
    Record<ExitFactId, { readonly value: NumberRange; readonly evidence: Evidence }>
  >;
}

/** First block in which each queued withdrawal can be completed, by position id. Those not read are left out. */
export function readCompletableBlocks(positions: readonly Position[]): ReadonlyMap<string, bigint> {
  const blocks = new Map<string, bigint>();
  for (const { id, restaking } of positions) {
    const block = restaking?.completableBlock?.value;
    if (block !== null && block !== undefined) blocks.set(id, block);
  }
  return blocks;
}

/**
 * One exit position per position of the exposure.
 *
 * @param completableBlocks as read ({@link readCompletableBlocks}); a queued withdrawal without one may have all of its
 *   delay before it or none
 */
export function makeExitPositions(
  exposure: Exposure,
  completableBlocks: ReadonlyMap<string, bigint>,
): ExitPosition[] {
  return exposure.positions.map((position) => makeExitPosition(position, exposure, completableBlocks));
}

function makeExitPosition(
  position: ExposurePosition,
  exposure: Exposure,
  completableBlocks: ReadonlyMap<string, bigint>,
): ExitPosition {
  const { id, label, instrumentId, bookWei, state } = position;
  const common = { id, label, instrumentId, unit: 'wei', amount: bookWei } as const;
  if (state === 'held') {
    return {
      ...common,
      pathId: findPathOfInstrument(instrumentId)?.id ?? null,
      underlyingPathId: null,
      underlyingSymbol: position.symbol,
      isSlashable: true,
      readings: {},
    };
  }
  const strategy = exposure.strategies.find(({ address }) => instrumentId === `eigenlayer:${address}`);
  const isNative = strategy?.address === BEACON_CHAIN_STRATEGY;
  const isQueued = state === 'queued' || state === 'completable';
  const path = `eigenlayer-${isNative ? 'native' : 'strategy'}${isQueued ? '-queued' : ''}`;
  return {
    ...common,
    // A list that could not be read stands for holdings of unknown kind.
    pathId: strategy === undefined ? null : path,
    underlyingPathId: strategy && !isNative ? (findPathOfInstrument(strategy.name)?.id ?? null) : null,
    underlyingSymbol: strategy?.name ?? position.symbol,
    isSlashable: state !== 'deposited' && !isFreeOfServices(position),
    readings: isQueued
      ? { 'eigenlayer-escrow': readEscrow(position, exposure, completableBlocks.get(id)) }
      : {},
  };
}

/** All of it stands where no service reaches it. */
function isFreeOfServices({ legs }: ExposurePosition): boolean {
  return legs.length > 0 && legs.every(({ kind }) => kind === 'free');
}

function readEscrow(
  { state }: ExposurePosition,
  { origin }: Exposure,
  completable: bigint | undefined,
): { value: NumberRange; evidence: Evidence } {
  const source = 'DelegationManager, queued withdrawal';
  const read = { status: 'read', source, asOf: `block ${origin.block.number.toString()}` } as const;
  if (state === 'completable') {
    return { value: exactly(0), evidence: { ...read, note: 'Its delay is over.' } };
  }
  if (completable === undefined) {
    return {
      value: { low: 0, typical: 100_800, high: 100_800 },
      evidence: { ...read, status: 'unconfirmed', note: 'The block could not be read.' },
    };
  }
  const left = completable - origin.block.number;
  return {
    value: exactly(Number(left > 0n ? left : 0n)),
    evidence: { ...read, note: `Can be completed from block ${completable.toString()}.` },
  };
}
