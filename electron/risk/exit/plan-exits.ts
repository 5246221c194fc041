/** The exit of a whole portfolio at once: its positions share the exit queue and the depth of their markets. */
import type {
  ExitAssumptions,
  ExitOverview,
  ExitPlan,
  ExitStress,
  LadderRow,
} from '../../../shared/domain/exit.ts';
import { sumOf } from '../../../shared/domain/units.ts';
import { refuse } from '../protocols/refuse.ts';
import { createWork, type RunHooks } from '../work.ts';
import { DAY_SECONDS } from './duration.ts';
import { NO_EXIT_STRESS, validateExitAssumptions, validateExitStress } from './exit-assumptions.ts';
import type { ExitPosition } from './exit-position.ts';
import {
  choosePlan,
  countQueuedWei,
  findMarket,
  timeExit,
  validateExitPosition,
  type TimedExit,
} from './plan-exit.ts';

export const LADDER_DAYS: readonly number[] = [1, 7, 14, 30, 60];

/**
 * Plans every position, all leaving at once: whatever goes through Ethereum's exit queue enters it together, and each
 * counts as the last of them; positions of one market sell into it one after the other, those that lose most by waiting
 * first, which makes the splits the best there are for all of them together.
 *
 * @throws AppError scenario-invalid for input that cannot be, or positions in different units; cancelled
 */
export function planExits(
  positions: readonly ExitPosition[],
  assumptions: ExitAssumptions,
  stress: ExitStress = NO_EXIT_STRESS,
  hooks: RunHooks = {},
): ExitOverview {
  validateExitAssumptions(assumptions);
  validateExitStress(stress);
  validateAll(positions);
  const work = createWork(Math.max(1, positions.length * 2), hooks);
  const queuedWei = sumOf(positions.map(countQueuedWei));
  const exits = positions.map((position) => {
    work.check();
    const exit = timeExit(position, assumptions, stress, queuedWei);
    work.advance();
    return { position, exit };
  });
  const plans = new Map<string, ExitPlan>();
  const soldBefore = new Map<string, bigint>();
  for (const { position, exit } of exits.toSorted((a, b) => rankWaiting(b.exit) - rankWaiting(a.exit))) {
    work.check();
    const market = findMarket(position, assumptions)?.id ?? '';
    const before = soldBefore.get(market) ?? 0n;
    const plan = choosePlan(position, exit, { assumptions, stress, soldBefore: before });
    plans.set(position.id, plan);
    soldBefore.set(market, before + (plan.choice.typical.split?.sold ?? 0n));
    work.advance();
  }
  const inOrder = positions.flatMap(({ id }) => plans.get(id) ?? []);
  return summarise(positions[0]?.unit ?? 'wei', inOrder);
}

/** Never paid before everything; not known after everything, as nothing of it is sold. */
function rankWaiting({ isPausedForGood, waiting }: TimedExit): number {
  if (isPausedForGood) return 2;
  const share = waiting?.share.typical ?? null;
  return share === null ? -1 : Number(share) / 1e18;
}

function validateAll(positions: readonly ExitPosition[]): void {
  const ids = new Set<string>();
  for (const position of positions) {
    validateExitPosition(position);
    if (ids.has(position.id) || position.unit !== positions[0]?.unit) {
      refuse(
        'These positions cannot be planned together.',
        ids.has(position.id) ? `${position.id} twice` : `${position.id} is in ${position.unit}`,
        'Plan each position once, and bitcoin apart from ETH.',
      );
    }
    ids.add(position.id);
  }
}

function summarise(unit: ExitOverview['unit'], plans: ExitPlan[]): ExitOverview {
  const splits = plans.flatMap(({ choice }) => choice.typical.split ?? []);
  return {
    plans,
    unit,
    total: sumOf(plans.map(({ amount }) => amount ?? 0n)),
    ladder: LADDER_DAYS.map((day) => makeRow(day, plans)),
    sold: sumOf(splits.map(({ sold }) => sold)),
    proceeds: sumOf(splits.map(({ received }) => received)),
    unvaluedIds: plans.filter(({ amount }) => amount === null).map(({ positionId }) => positionId),
    untimedIds: plans.filter(({ total }) => total.typical === null).map(({ positionId }) => positionId),
  };
}

function makeRow(day: number, plans: readonly ExitPlan[]): LadderRow {
  const isOut = ({ total }: ExitPlan, slot: keyof ExitPlan['total']): boolean => {
    const seconds = total[slot];
    return seconds !== null && seconds <= day * DAY_SECONDS;
  };
  const waited = (slot: keyof ExitPlan['total']): bigint =>
    sumOf(plans.map((plan) => (isOut(plan, slot) ? (plan.amount ?? 0n) : 0n)));
  const withSales = (slot: keyof ExitPlan['total']): bigint =>
    sumOf(
      plans.map((plan) => {
        const { split } = plan.choice.typical;
        const rest = isOut(plan, slot) ? (split?.waiting ?? plan.amount ?? 0n) : 0n;
        return (split?.received ?? 0n) + rest;
      }),
    );
  return {
    day,
    waited: { least: waited('high'), typical: waited('typical'), most: waited('low') },
    withSales: { least: withSales('high'), typical: withSales('typical'), most: withSales('low') },
  };
}
