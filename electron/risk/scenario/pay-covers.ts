/** First-loss covers: what pools pay for the losses of a scenario, after their own. */
import type { Cover, CoverResult } from '../../../shared/domain/cover.ts';
import { minOf, mulDivFloor, sumOf, type Wei } from '../../../shared/domain/units.ts';
import type { KeptShare, PositionState, ScenarioState } from './state.ts';

/**
 * Pays the covers in order, each on what the earlier ones left uncovered:
 *
 *   paid = min(cap left, max(0, loss - deductible)), rounded down,
 *
 * split in proportion to the uncovered losses (divide). Where a pool covers more than these positions, loss is first scaled up to all it covers and the payment down again.
 */
export function payCovers(covers: readonly Cover[], state: ScenarioState): readonly CoverResult[] {
  const uncovered = new Map(
    state.positions.map((position) => [position, position.beforeWei - position.valueWei]),
  );
  return covers.map((cover) => payCover(cover, state, uncovered));
}

function payCover(cover: Cover, state: ScenarioState, uncovered: Map<PositionState, bigint>): CoverResult {
  const covered = listCovered(cover, state);
  const losses = covered.map((position) => uncovered.get(position)!);
  const lossWei = sumOf(losses);
  const capLeftWei = measureCap(cover, state);
  const paidWei = computePayment(
    cover,
    capLeftWei,
    lossWei,
    sumOf(covered.map(({ beforeWei }) => beforeWei)),
  );
  const parts = divide(paidWei, losses);
  const payments = covered
    .map((position, index) => {
      const part = parts[index]!;
      uncovered.set(position, uncovered.get(position)! - part);
      return { positionId: position.id, paidWei: part as Wei }; // as: a part of wei is wei; so below
    })
    .filter((payment) => payment.paidWei > 0n);
  return { cover, capLeftWei: capLeftWei as Wei, lossWei: lossWei as Wei, paidWei: paidWei as Wei, payments };
}

function listCovered({ positionIds, instruments }: Cover, { positions }: ScenarioState): PositionState[] {
  const ids = new Set(positionIds);
  const tokens = new Set(instruments);
  return positions.filter(({ id, instrumentId }) => ids.has(id) || tokens.has(instrumentId));
}

/** Wrong-way risk: the pool has lost the same share as what it hangs on before it pays. */
function measureCap({ capWei, hangsOn }: Cover, state: ScenarioState): bigint {
  if (hangsOn === null) return capWei;
  if (hangsOn.kind === 'dependency') {
    const left = state.dependencies.get(hangsOn.dependency);
    return left === undefined ? capWei : mulDivFloor(capWei, left.kept, left.scale);
  }
  const pools = state.operators.get(hangsOn.operator)?.pools ?? [];
  return pools
    .filter(({ strategy }) => hangsOn.strategy === null || strategy === hangsOn.strategy)
    .map(({ maxMagnitude, initialMax, consensus }) => {
      const stake: KeptShare =
        initialMax === 0n ? { kept: 1n, scale: 1n } : { kept: maxMagnitude, scale: initialMax };
      return mulDivFloor(capWei, stake.kept * consensus.kept, stake.scale * consensus.scale);
    })
    .reduce(minOf, capWei);
}

function computePayment(cover: Cover, capLeftWei: bigint, lossWei: bigint, beforeWei: bigint): bigint {
  const { deductibleWei, pooledWei } = cover;
  // A pool of less than these positions is one of these positions.
  const isWider = pooledWei !== null && pooledWei > beforeWei && beforeWei > 0n;
  const [whole, part] = isWider ? [pooledWei, beforeWei] : [1n, 1n];
  const poolLoss = mulDivFloor(lossWei, whole, part);
  if (poolLoss <= deductibleWei) return 0n;
  return mulDivFloor(minOf(capLeftWei, poolLoss - deductibleWei), part, whole);
}

/**
 * `amount` in proportion to the weights, of which it is no more than the sum: floors, and what they leave to the largest,
 * of equal ones to the first. Nobody gets more than its weight: what is then still left goes to the next largest.
 */
function divide(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = sumOf(weights);
  if (total === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => mulDivFloor(amount, weight, total));
  let left = amount - sumOf(parts);
  const byWeight = [...weights.keys()].sort((a, b) => compareDown(weights[a]!, weights[b]!) || a - b);
  for (const index of byWeight) {
    const more = minOf(left, weights[index]! - parts[index]!);
    parts[index]! += more;
    left -= more;
  }
  return parts;
}

function compareDown(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
