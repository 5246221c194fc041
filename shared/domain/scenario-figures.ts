/** Results of a run as figures, so that what a scenario leaves can be turned over like any other value. Pure. */
import { computeFigure, ETH_UNIT, type Figure, type FormulaId } from './figure.ts';
import type { Position } from './position.ts';
import type { Run } from './scenario.ts';

/** What a run says of one book value. */
export interface ScenarioFigures {
  readonly loss: Figure;
  readonly after: Figure;
}

/** A loss was computed from the book value, so it rests on that value's sources. `lossWei` is not above the value. */
export function makeScenarioFigures(bookEth: Figure, lossWei: bigint): ScenarioFigures {
  const { subject } = bookEth;
  const loss = computeFigure(
    { name: 'figure.name.loss', subject, unit: ETH_UNIT },
    'scenario-loss',
    [bookEth],
    () => lossWei,
  );
  const after = computeFigure(
    { name: 'figure.name.after', subject, unit: ETH_UNIT },
    'after-scenario',
    [bookEth, loss],
    (book, lost) => book - lost,
  );
  return { loss, after };
}

/** What stands beside a loss without being part of it; null where it is nothing. */
export interface ScenarioAsides {
  readonly marketLoss: Figure | null;
  readonly locked: Figure | null;
  readonly recovered: Figure | null;
}

export interface ScenarioAsideAmounts {
  readonly marketLossWei: bigint;
  readonly lockedWei: bigint;
  readonly recoveredWei: bigint;
}

/** A market loss and what cannot be redeemed are measured on what is left; what covers pay, on the loss. */
export function makeScenarioAsides(
  { loss, after }: ScenarioFigures,
  { marketLossWei, lockedWei, recoveredWei }: ScenarioAsideAmounts,
): ScenarioAsides {
  const make = (name: string, formula: FormulaId, input: Figure, value: bigint): Figure | null =>
    value === 0n
      ? null
      : computeFigure({ name, subject: input.subject, unit: ETH_UNIT }, formula, [input], () => value);
  return {
    marketLoss: make('figure.name.marketLoss', 'market-loss', after, marketLossWei),
    locked: make('figure.name.locked', 'locked-value', after, lockedWei),
    recovered: make('figure.name.recovered', 'cover-payment', loss, recoveredWei),
  };
}

/**
 * Whether a run speaks of exactly these values in exactly this block. After a refresh, or with an account more or
 * less, its amounts are of another portfolio and must not stand beside today's.
 */
export function isRunCurrent(run: Run, positions: readonly Position[], block: bigint): boolean {
  if (run.blockNumber !== block) return false;
  const before = new Map(run.result.positions.map(({ positionId, beforeWei }) => [positionId, beforeWei]));
  const leftOut = new Set(run.result.leftOut.map(({ id }) => id));
  const valued = positions.filter(({ id, bookEth }) => bookEth.value !== null && !leftOut.has(id));
  return valued.length === before.size && valued.every(({ id, bookEth }) => before.get(id) === bookEth.value);
}

/** The newest of the runs, or null. */
export function findLatestRun(runs: readonly Run[]): Run | null {
  return runs.reduce<Run | null>(
    (latest, run) => (latest === null || run.ranAt > latest.ranAt ? run : latest),
    null,
  );
}
