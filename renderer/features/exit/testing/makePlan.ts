/** Plans for tests: one leg of three days, unless said otherwise. */
import type { ExitLeg, ExitOverview, ExitPlan, NumberRange } from '../../../../shared/domain/exit.ts';

const DAY = 86_400;
const toSeconds = (days: number | null): number | null => (days === null ? null : days * DAY);

/** In days. */
export function rangeOf(low: number | null, typical: number | null, high: number | null): NumberRange {
  return { low: toSeconds(low), typical: toSeconds(typical), high: toSeconds(high) };
}

export function makeLeg(change: Partial<ExitLeg> = {}): ExitLeg {
  return {
    id: 'lido-queue',
    kind: 'issuer',
    protocol: 'lido',
    start: rangeOf(0, 0, 0),
    duration: rangeOf(1, 3, 5),
    isSlashable: true,
    inputs: [],
    ...change,
  };
}

export function makePlan(change: Partial<ExitPlan> = {}): ExitPlan {
  const choice = { cheaper: 'unknown', breakEven: null, split: null } as const;
  return {
    positionId: 'p',
    label: 'p',
    pathId: 'lido',
    paidIn: 'ETH',
    unit: 'wei',
    amount: 10n ** 18n,
    legs: [makeLeg()],
    total: rangeOf(1, 3, 5),
    slashable: rangeOf(1, 3, 5),
    atLeast: DAY,
    isPausedForGood: false,
    doubtfulInputs: [],
    waiting: null,
    sale: null,
    choice: { low: choice, typical: choice, high: choice },
    ...change,
  };
}

export function makeOverview(plans: readonly ExitPlan[]): ExitOverview {
  return {
    plans: [...plans],
    unit: 'wei',
    total: 0n,
    ladder: [],
    sold: 0n,
    proceeds: 0n,
    unvaluedIds: [],
    untimedIds: [],
  };
}
