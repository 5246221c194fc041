/** The figures of a run, resting on the values it was run on; and which run is shown. Pure. */
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { findEthPrice } from '../../../shared/domain/find-eth-price.ts';
import { computeFigure, SHARE_UNIT, USD_UNIT, type Figure } from '../../../shared/domain/figure.ts';
import { isRunCurrent, makeScenarioFigures } from '../../../shared/domain/scenario-figures.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import { fractionOf, usdOfWei } from '../../../shared/domain/units.ts';

export interface LossFigures {
  readonly before: Figure;
  readonly after: Figure;
  readonly loss: Figure;
  /** Loss as a part of the value before. */
  readonly share: Figure;
}

export interface RunFigures {
  readonly total: LossFigures;
  /** Null where no price of ETH stands behind the values. */
  readonly totalUsd: Figure | null;
  readonly positions: ReadonlyMap<string, LossFigures>;
}

function makeLossFigures(before: Figure, lossWei: bigint): LossFigures {
  const { loss, after } = makeScenarioFigures(before, lossWei);
  const share = computeFigure(
    { name: 'figure.name.lossShare', subject: before.subject, unit: SHARE_UNIT },
    'share',
    [loss, before],
    (part, whole) => fractionOf(part, whole) ?? 0n,
  );
  return { before, after, loss, share };
}

/**
 * Figures for a run that speaks of exactly the values in view. Null for an older one: its amounts rest on readings that
 * are gone, so they can be shown but not traced.
 */
export function makeRunFigures(run: Run, view: PortfolioView): RunFigures | null {
  const { freshness, positions, totals } = view;
  if (freshness.kind !== 'read' || !isRunCurrent(run, positions, freshness.origin.block.number)) return null;
  const losses = new Map(run.result.positions.map(({ positionId, lossWei }) => [positionId, lossWei]));
  const total = makeLossFigures(totals.bookEth, run.result.totalLossWei);
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
    const lossWei = losses.get(id);
    return lossWei === undefined ? [] : [[id, makeLossFigures(bookEth, lossWei)] as const];
  });
  return { total, totalUsd, positions: new Map(entries) };
}

/** The run chosen by id; without a choice, or where it is no longer kept, the newest. `runs` are newest first. */
export function chooseRun(runs: readonly Run[], chosenId: string | null): Run | null {
  return runs.find(({ id }) => id === chosenId) ?? runs[0] ?? null;
}
