/** Plans as rows of the calendar. Pure. */
import type { ExitLeg, ExitLegKind, ExitOverview, ExitPlan } from '../../../shared/domain/exit.ts';
import type { CalendarBar, CalendarRow, LegGroup } from '../../charts/options/buildExitCalendar.ts';

const DAY = 86_400;

const GROUP_OF_KIND: Readonly<Record<ExitLegKind, LegGroup>> = {
  pause: 'pause',
  issuer: 'issuer',
  escrow: 'escrow',
  'look-ahead': 'exit',
  'churn-queue': 'exit',
  withdrawability: 'payout',
  sweep: 'payout',
  vault: 'vault',
  timelock: 'vault',
  'no-redemption': 'unknown',
};

function groupOf({ kind, duration }: ExitLeg): LegGroup {
  return duration.typical === null && kind !== 'pause' ? 'unknown' : GROUP_OF_KIND[kind];
}

const toDays = (seconds: number | null): number | null => (seconds === null ? null : seconds / DAY);

/** Each bar goes to the first lane that is free when it begins. What begins at an unknown time is not drawn. */
function placeBars(legs: readonly ExitLeg[]): {
  readonly bars: readonly CalendarBar[];
  readonly lanes: number;
} {
  const typical = legs.flatMap((leg) => {
    const { start, duration } = leg;
    if (start.typical === null || duration.typical === 0) return [];
    const to = duration.typical === null ? null : start.typical + duration.typical;
    return [{ leg, from: start.typical, to }];
  });
  const ends: number[] = [];
  const bars = typical
    .toSorted((a, b) => a.from - b.from)
    .map(({ leg, from, to }): CalendarBar => {
      const free = ends.findIndex((end) => end <= from + 1);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = to ?? Number.POSITIVE_INFINITY;
      return { legId: leg.id, group: groupOf(leg), from: from / DAY, to: toDays(to), lane };
    });
  return { bars, lanes: Math.max(1, ends.length) };
}

function makeRow(plan: ExitPlan, before: ExitPlan | undefined): CalendarRow {
  const { total } = plan;
  // A way out that nobody knows is drawn as such.
  const placed =
    plan.pathId === null
      ? { bars: [{ legId: '', group: 'unknown', from: 0, to: null, lane: 0 } as const], lanes: 1 }
      : placeBars(plan.legs);
  const earlier = before === undefined ? null : toDays(before.total.typical);
  return {
    id: plan.positionId,
    ...placed,
    low: toDays(total.low),
    typical: toDays(total.typical),
    high: toDays(total.high),
    before: earlier === toDays(total.typical) ? null : earlier,
  };
}

function compareTimes(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

/**
 * Soonest out first, what is not known last. `asIs`: the plans without stress, where there is one; they keep the order, so
 * that the switch moves bars and not rows.
 */
export function listCalendarRows(overview: ExitOverview, asIs: ExitOverview | null): readonly CalendarRow[] {
  const before = new Map((asIs ?? overview).plans.map((plan) => [plan.positionId, plan]));
  const orderOf = ({ positionId, total }: ExitPlan): ExitPlan['total'] =>
    before.get(positionId)?.total ?? total;
  return overview.plans
    .toSorted((a, b) => {
      const [one, two] = [orderOf(a), orderOf(b)];
      return compareTimes(one.typical, two.typical) || compareTimes(one.high, two.high);
    })
    .map((plan) => makeRow(plan, asIs === null ? undefined : before.get(plan.positionId)));
}
