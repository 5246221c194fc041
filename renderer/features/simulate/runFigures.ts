/** The figures of a run, resting on the values it was run on; and which run is shown. Pure. */
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { findEthPrice } from '../../../shared/domain/find-eth-price.ts';
import {
  computeFigure,
  SHARE_UNIT,
  sumFigures,
  USD_UNIT,
  type Figure,
} from '../../../shared/domain/figure.ts';
import {
  isRunCurrent,
  makeScenarioAsides,
  makeScenarioFigures,
  type ScenarioAsideAmounts,
  type ScenarioAsides,
} from '../../../shared/domain/scenario-figures.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import { fractionOf, usdOfWei } from '../../../shared/domain/units.ts';

export interface LossFigures {
  readonly before: Figure;
  readonly after: Figure;
  readonly loss: Figure;
  /** Loss as a part of the value before. */
  readonly share: Figure;
  /** What stands beside the loss without being part of it. */
  readonly asides: ScenarioAsides;
}

export interface RunFigures {
  readonly total: LossFigures;
  /** Null where no price of ETH stands behind the values. */
  readonly totalUsd: Figure | null;
  readonly positions: ReadonlyMap<string, LossFigures>;
}

function makeLossFigures(
  before: Figure,
  { lossWei, ...amounts }: ScenarioAsideAmounts & { readonly lossWei: bigint },
): LossFigures {
  const { loss, after } = makeScenarioFigures(before, lossWei);
  const share = computeFigure(
    { name: 'figure.name.lossShare', subject: before.subject, unit: SHARE_UNIT },
    'share',
    [loss, before],
    (part, whole) => fractionOf(part, whole) ?? 0n,
  );
  return { before, after, loss, share, asides: makeScenarioAsides({ loss, after }, amounts) };
}

/**
 * Figures for a run that speaks of exactly the values in view. Null for an older one: its amounts rest on readings that
 * are gone, so they can be shown but not traced.
 */
export function makeRunFigures(run: Run, view: PortfolioView): RunFigures | null {
  const { freshness, positions, totals } = view;
  if (freshness.kind !== 'read' || !isRunCurrent(run, positions, freshness.origin.block.number)) return null;
  const { result } = run;
  const losses = new Map(result.positions.map((position) => [position.positionId, position]));
  const total = makeLossFigures(sumBefore(view, run), {
    lossWei: result.totalLossWei,
    marketLossWei: result.totalMarketLossWei,
    lockedWei: result.totalLockedWei,
    recoveredWei: result.totalRecoveredWei,
  });
  const price = findEthPrice(totals.bookUsd);
  const totalUsd =
    price === null || price.value === null
      ? null
      : computeFigure(
          { name: 'figure.name.lossUsd', subject: totals.bookEth.subject, unit: USD_UNIT },
          'book-usd',
          [total.loss, price],
          usdOfWei,
        );
  const entries = positions.flatMap(({ id, bookEth }) => {
    const amounts = losses.get(id);
    return amounts === undefined ? [] : [[id, makeLossFigures(bookEth, amounts)] as const];
  });
  return { total, totalUsd, positions: new Map(entries) };
}

/** The portfolio's total; without the positions that the run left out, if there are any. */
function sumBefore({ positions, totals }: PortfolioView, { result }: Run): Figure {
  const leftOut = new Set(result.leftOut.map(({ id }) => id));
  const kept = positions.filter(({ id }) => !leftOut.has(id));
  if (kept.length === positions.length) return totals.bookEth;
  const { name, subject, unit } = totals.bookEth;
  return sumFigures(
    { name, subject, unit },
    kept.map(({ bookEth }) => bookEth),
  ).figure;
}

/** The run chosen by id; without a choice, or where it is no longer kept, the newest. `runs` are newest first. */
export function chooseRun(runs: readonly Run[], chosenId: string | null): Run | null {
  return runs.find(({ id }) => id === chosenId) ?? runs[0] ?? null;
}
