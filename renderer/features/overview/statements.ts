/**
 * What matters today, said by rule: each statement is computed from the figures and names the place that explains it.
 * Pure; the words are in the catalogue (describeStatement.ts).
 */
import { listScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { estimateTimeOfBlock } from '../../../shared/domain/block-time.ts';
import type { Exposure, SharedRow } from '../../../shared/domain/exposure.ts';
import { isDeposit, type Position } from '../../../shared/domain/position.ts';
import { fractionOf, mulDivFloor, sumOf } from '../../../shared/domain/units.ts';
import type { RouteParams } from '../../state/route.ts';
import { findUnreadRestaking, type UnreadRestaking } from './unreadRestaking.ts';

/** A page and what to show on it. */
export interface StatementTarget {
  readonly page: 'exposure' | 'positions' | 'settings' | 'simulate';
  readonly params: RouteParams;
}

type StatementFacts =
  | { readonly kind: 'old'; readonly readAt: number }
  /** `lostWei` null: shares are gone of which nothing is left to take a rate from. */
  | { readonly kind: 'slashed'; readonly lostWei: bigint | null; readonly count: number }
  | { readonly kind: 'unread'; readonly count: number }
  | {
      readonly kind: 'operator';
      readonly name: string;
      readonly lossWei: bigint;
      /** What stands where no operator is seen, and positions without a value: not in the loss. */
      readonly hiddenWei: bigint;
      readonly unvaluedCount: number;
    }
  | { readonly kind: 'dependency'; readonly name: string; readonly share: bigint }
  | {
      readonly kind: 'queued';
      readonly wei: bigint;
      readonly count: number;
      readonly block: bigint;
      readonly time: number;
    }
  /** A finality provider of Babylon, and what its stakes' own parameters take. */
  | { readonly kind: 'provider'; readonly name: string; readonly lossWei: bigint }
  | { readonly kind: 'ready'; readonly wei: bigint | null; readonly count: number }
  | { readonly kind: 'hidden'; readonly share: bigint }
  | { readonly kind: 'nothing-allocated' }
  | { readonly kind: 'nothing-restaked' }
  | { readonly kind: 'restaking-unread'; readonly isNotAsked: boolean };

export type Statement = StatementFacts & { readonly target: StatementTarget };

/** Chain figures older than this are said to be old: a slash may have happened meanwhile. */
export const OLD_AFTER_MS = 60 * 60_000;
/** Below these shares of the book value a dependency, or what cannot be seen, is not news. */
const DEPENDENCY_FROM = 20n * 10n ** 16n;
const HIDDEN_FROM = 5n * 10n ** 16n;
/** Shares lost to the rounding of the contract's own factors are at most a few of 1e18: not a slash. */
const ROUNDING = 10n ** 12n;

interface StatementInput {
  readonly view: PortfolioView;
  readonly exposure: Exposure | null;
  /** Unix milliseconds. */
  readonly now: number;
}

/** At most `limit` statements, the most pressing first. Empty where nothing has been read. */
export function makeStatements({ view, exposure, now }: StatementInput, limit = 3): readonly Statement[] {
  if (view.freshness.kind === 'never' || view.positions.length === 0) return [];
  return [
    sayOld(view, now),
    saySlashed(view.positions),
    sayUnread(view),
    exposure && sayOperator(exposure, findUnreadRestaking(view)),
    exposure && sayDependency(exposure),
    sayQueued(view),
    sayReady(view.positions),
    exposure && sayHidden(exposure),
  ]
    .filter((statement) => statement !== null)
    .slice(0, limit);
}

function sayOld({ freshness }: PortfolioView, now: number): Statement | null {
  // The sample is of no day, and a failed refresh has its own notice.
  if (freshness.kind !== 'read' || freshness.origin.kind === 'sample' || freshness.error) return null;
  const time = freshness.origin.block.time * 1000;
  if (now - time < OLD_AFTER_MS) return null;
  return { kind: 'old', readAt: time, target: { page: 'positions', params: {} } };
}

/** Shares that deposits were slashed by; null where that is not known, or nothing to speak of. */
function findLostShares({ state, restaking }: Position): bigint | null {
  // Scaled shares of a queued withdrawal do not say what was deposited.
  if (!restaking || !isDeposit(state)) return null;
  const { depositShares, withdrawableShares } = restaking;
  if (depositShares.value === null || withdrawableShares.value === null) return null;
  const lost = depositShares.value - withdrawableShares.value;
  return lost > 0n && lost * ROUNDING > depositShares.value ? lost : null;
}

function valueLost(position: Position, lostShares: bigint): bigint | null {
  const left = position.restaking?.withdrawableShares.value ?? 0n;
  if (left === 0n || position.bookEth.value === null) return null;
  return mulDivFloor(position.bookEth.value, lostShares, left);
}

function saySlashed(positions: readonly Position[]): Statement | null {
  const slashed = positions.flatMap((position) => {
    const lost = findLostShares(position);
    return lost === null ? [] : [{ position, lostWei: valueLost(position, lost) }];
  });
  const [first] = slashed;
  if (!first) return null;
  const known = slashed.map(({ lostWei }) => lostWei).filter((wei) => wei !== null);
  const lostWei = known.length === slashed.length ? sumOf(known) : null;
  return {
    kind: 'slashed',
    lostWei,
    count: slashed.length,
    target: { page: 'positions', params: { position: first.position.id } },
  };
}

function findLargest(rows: readonly SharedRow[], sizeOf: (row: SharedRow) => bigint): SharedRow | null {
  return rows.reduce<SharedRow | null>(
    (largest, row) => (largest === null || sizeOf(row) > sizeOf(largest) ? row : largest),
    null,
  );
}

function sayUnread(view: PortfolioView): Statement | null {
  // What no node could tell, and which node told the rest, is said beside the positions, not on every visit.
  const notices = view.notices.filter(({ code }) => code !== 'not-readable' && code !== 'node-changed');
  if (notices.length === 0) return null;
  return { kind: 'unread', count: notices.length, target: { page: 'positions', params: {} } };
}

function sayOperator(exposure: Exposure, unread: UnreadRestaking): Statement | null {
  const { shared } = exposure;
  const operators = shared.filter(({ kind }) => kind === 'operator');
  const worst = findLargest(operators, ({ worstLossWei }) => worstLossWei);
  const isPartial =
    unread.areDepositsPartial || exposure.operators.some((operator) => operator.unreadStrategies.length > 0);
  // Nothing seen is no finding where not all was read.
  if ((unread.isNotAsked || isPartial) && (!worst || worst.worstLossWei === 0n)) {
    const { isNotAsked } = unread;
    return { kind: 'restaking-unread', isNotAsked, target: { page: 'positions', params: {} } };
  }
  // Of Babylon: a finality provider is no operator of the look-through, and takes what the stakes' own terms say.
  const [provider] = worst && worst.worstLossWei > 0n ? [] : listScenarioTargets(exposure).providers;
  if (provider !== undefined && provider.lossWei > 0n) {
    const { name, lossWei } = provider;
    return { kind: 'provider', name, lossWei, target: { page: 'exposure', params: {} } };
  }
  if (!worst) return { kind: 'nothing-restaked', target: { page: 'exposure', params: {} } };
  if (worst.worstLossWei === 0n) {
    return { kind: 'nothing-allocated', target: { page: 'exposure', params: {} } };
  }
  return {
    kind: 'operator',
    name: worst.name,
    lossWei: worst.worstLossWei,
    hiddenWei: sumHidden(exposure),
    unvaluedCount: exposure.positions.filter(({ bookWei }) => bookWei === null).length,
    target: { page: 'exposure', params: { row: worst.id } },
  };
}

function sayDependency({ shared }: Exposure): Statement | null {
  const dependencies = shared.filter(({ kind }) => kind !== 'operator' && kind !== 'service');
  const largest = findLargest(dependencies, ({ valueWei }) => valueWei);
  if (!largest || largest.share === null || largest.share < DEPENDENCY_FROM) return null;
  return {
    kind: 'dependency',
    name: largest.name,
    share: largest.share,
    target: { page: 'exposure', params: { row: largest.id } },
  };
}

function sumBook(positions: readonly Position[]): bigint {
  return sumOf(positions.map(({ bookEth }) => bookEth.value ?? 0n));
}

function sayQueued({ positions, freshness }: PortfolioView): Statement | null {
  if (freshness.kind !== 'read') return null;
  const queued = positions.filter(({ state }) => state === 'queued');
  const blocks = queued.map(({ restaking }) => restaking?.completableBlock?.value ?? null);
  const known = blocks.filter((block) => block !== null);
  const [first] = queued;
  if (!first || known.length === 0) return null;
  const block = known.reduce((last, next) => (next > last ? next : last));
  return {
    kind: 'queued',
    wei: sumBook(queued),
    count: queued.length,
    block,
    time: estimateTimeOfBlock(block, freshness.origin),
    target: { page: 'positions', params: { position: first.id } },
  };
}

function sayReady(positions: readonly Position[]): Statement | null {
  const ready = positions.filter(({ state }) => state === 'completable');
  const [first] = ready;
  if (!first) return null;
  return {
    kind: 'ready',
    // Of something that has no known value it is not said that it is nothing.
    wei: ready.some(({ bookEth }) => bookEth.value === null) ? null : sumBook(ready),
    count: ready.length,
    target: { page: 'positions', params: { position: first.id } },
  };
}

function sumHidden({ positions }: Exposure): bigint {
  const legs = positions.flatMap((position) => position.legs);
  return sumOf(legs.filter(({ kind }) => kind === 'hidden').map(({ bookWei }) => bookWei));
}

function sayHidden(exposure: Exposure): Statement | null {
  const legs = exposure.positions.flatMap((position) => position.legs);
  const share = fractionOf(sumHidden(exposure), sumOf(legs.map(({ bookWei }) => bookWei)));
  if (share === null || share < HIDDEN_FROM) return null;
  return { kind: 'hidden', share, target: { page: 'exposure', params: {} } };
}
