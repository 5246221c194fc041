/** The plan of one position: how it gets out, how long that takes, what it costs, and whether to sell instead. */
import type {
  DepthCurve,
  ExitAssumptions,
  ExitChoice,
  ExitPlan,
  ExitStress,
  NumberRange,
  WaitingCost,
} from '../../../shared/domain/exit.ts';
import { refuse } from '../protocols/refuse.ts';
import { buildLegs, type TimedLegs } from './build-legs.ts';
import { compareExits } from './compare-exits.ts';
import { quoteSale, withdrawDepth } from './depth-curve.ts';
import { isRange, mapSlots, UNKNOWN_TIME } from './duration.ts';
import { NO_EXIT_STRESS, validateExitAssumptions, validateExitStress } from './exit-assumptions.ts';
import { findExitPath, type ExitNode, type ExitPath } from './exit-paths.ts';
import type { ExitPosition } from './exit-position.ts';
import { computeWaitingCost, findLossRate } from './waiting-cost.ts';

/** What leaves together with a position. */
export interface ExitCompany {
  /** Wei in all that enters the exit queue of Ethereum, this position's included. */
  readonly queuedWei: bigint;
  /** Book value sold into the position's market before. */
  readonly soldBefore: bigint;
}

const WEI_PER_GWEI = 10n ** 9n;
/** More than 256 bits can hold: whatever a contract answers can be planned. */
const MAX_AMOUNT = 10n ** 80n;

/**
 * The exit of one position under assumptions and stress.
 *
 * @param company what leaves with it; alone where it is left out
 * @throws AppError scenario-invalid for assumptions, stress or a position that cannot be
 */
export function planExit(
  position: ExitPosition,
  assumptions: ExitAssumptions,
  stress: ExitStress = NO_EXIT_STRESS,
  company?: ExitCompany,
): ExitPlan {
  validateExitAssumptions(assumptions);
  validateExitStress(stress);
  validateExitPosition(position);
  const queuedWei = company?.queuedWei ?? countQueuedWei(position);
  return choosePlan(position, timeExit(position, assumptions, stress, queuedWei), {
    assumptions,
    stress,
    soldBefore: company?.soldBefore ?? 0n,
  });
}

/** A plan before anything is said of selling. */
export interface TimedExit {
  readonly path: ExitPath | undefined;
  readonly timed: TimedLegs;
  readonly atLeast: number;
  readonly isPausedForGood: boolean;
  readonly waiting: WaitingCost | null;
}

/** Legs, times and the cost of waiting; everything is valid already. */
export function timeExit(
  position: ExitPosition,
  assumptions: ExitAssumptions,
  stress: ExitStress,
  queuedWei: bigint,
): TimedExit {
  const path = position.pathId === null ? undefined : findExitPath(position.pathId);
  const ownGwei = (queuedWei + WEI_PER_GWEI - 1n) / WEI_PER_GWEI;
  const context = { position, assumptions, stress, ownGwei };
  const timed: TimedLegs = path
    ? buildLegs(path, context)
    : { legs: [], total: UNKNOWN_TIME, slashable: UNKNOWN_TIME };
  const { amount } = position;
  return {
    path,
    timed,
    atLeast: timed.total.low ?? sumKnown(timed),
    isPausedForGood: timed.legs.some(({ kind, duration }) => kind === 'pause' && duration.typical === null),
    waiting:
      amount === null
        ? null
        : computeWaitingCost({
            amount,
            ...timed,
            annualLossRate: findLossRate(assumptions, position.id),
            requiredAnnualYield: assumptions.requiredAnnualYield,
          }),
  };
}

interface ChoiceContext {
  readonly assumptions: ExitAssumptions;
  readonly stress: ExitStress;
  readonly soldBefore: bigint;
}

/** The whole plan, once it is known what was sold into its market before. */
export function choosePlan(position: ExitPosition, exit: TimedExit, context: ChoiceContext): ExitPlan {
  const { id, label, unit, amount, underlyingSymbol } = position;
  const { path, timed, waiting } = exit;
  const curve = findCurve(position, context.assumptions, context.stress);
  const chooseAt = (slot: keyof NumberRange): ExitChoice =>
    amount === null
      ? { cheaper: 'unknown', breakEven: null, split: null }
      : compareExits({
          amount,
          curve,
          sold: context.soldBefore,
          waitingShare: waiting?.share[slot] ?? null,
          isNeverPaid: timed.legs.some((leg) => leg.kind === 'pause' && leg.duration[slot] === null),
        });
  return {
    positionId: id,
    label,
    pathId: path?.id ?? null,
    paidIn: path ? (path.paidIn ?? underlyingSymbol) : null,
    unit,
    amount,
    legs: [...timed.legs],
    total: timed.total,
    slashable: timed.slashable,
    atLeast: exit.atLeast,
    isPausedForGood: exit.isPausedForGood,
    doubtfulInputs: listDoubtful(timed),
    waiting,
    sale: curve && amount !== null ? quoteSale(curve, context.soldBefore, amount) : null,
    choice: mapSlots(chooseAt),
  };
}

/** The market of a token that is held as such, with what the stress leaves of it. Shares in a contract trade nowhere. */
export function findMarket(
  { pathId, instrumentId }: ExitPosition,
  { markets }: ExitAssumptions,
): ExitAssumptions['markets'][number] | null {
  if (pathId === 'none') return null;
  return markets.find(({ instrumentIds }) => instrumentIds.includes(instrumentId)) ?? null;
}

function findCurve(
  position: ExitPosition,
  assumptions: ExitAssumptions,
  stress: ExitStress,
): DepthCurve | null {
  const market = findMarket(position, assumptions);
  return market && withdrawDepth(market.curve, stress.depthWithdrawn);
}

/** The longest leg that is known: legs may run side by side, so more cannot be said for sure. */
function sumKnown({ legs }: TimedLegs): number {
  return Math.max(0, ...legs.map(({ start, duration }) => (start.low ?? 0) + (duration.low ?? 0)));
}

function listDoubtful({ legs }: TimedLegs): string[] {
  const doubtful = legs
    .flatMap(({ inputs }) => inputs)
    .filter(({ evidence }) => evidence.status === 'disputed' || evidence.status === 'unconfirmed');
  return [...new Set(doubtful.map(({ id }) => id))];
}

/** Wei of the position that may have to leave a validator; null amounts and other units count nothing. */
export function countQueuedWei({ unit, amount, pathId, underlyingPathId }: ExitPosition): bigint {
  if (unit !== 'wei' || amount === null) return 0n;
  return [pathId, underlyingPathId].some(isThroughQueue) ? amount : 0n;
}

function isThroughQueue(pathId: string | null): boolean {
  const path = pathId === null ? undefined : findExitPath(pathId);
  return path !== undefined && hasValidatorExit(path.root);
}

function hasValidatorExit(node: ExitNode): boolean {
  switch (node.op) {
    case 'validator-exit':
      return true;
    case 'unless-covered':
      return hasValidatorExit(node.part);
    case 'path':
      return isThroughQueue(node.path);
    case 'serial':
    case 'parallel':
    case 'unordered':
      return node.parts.some(hasValidatorExit);
    case 'fact':
    case 'escrow':
    case 'underlying':
      return false;
  }
}

/** @throws AppError scenario-invalid */
export function validateExitPosition(position: ExitPosition): void {
  const { id, amount, pathId, underlyingPathId, readings } = position;
  const isAmount = amount === null || (amount >= 0n && amount <= MAX_AMOUNT);
  const isPath = [pathId, underlyingPathId].every((path) => path === null || findExitPath(path));
  const isRead = Object.values(readings).every(({ value }) => isRange(value));
  if (isAmount && isPath && isRead) return;
  refuse(
    `Position ${id} cannot be planned.`,
    !isAmount
      ? `amount ${amount.toString()}`
      : !isPath
        ? `way out ${pathId ?? 'none'}, then ${underlyingPathId ?? 'none'}`
        : 'a reading is not a range from 0 up',
    'Refresh the portfolio. If it stays so, please report it with the detail.',
  );
}
