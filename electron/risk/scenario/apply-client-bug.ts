/** One event: client software fails; what runs on it loses a share. */
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import type { EventOf } from '../../../shared/domain/scenario.ts';
import { ALL } from '../../../shared/domain/scenario-kinds.ts';
import { WAD, type Wei } from '../../../shared/domain/units.ts';
import { failDependency } from './apply-contract-failure.ts';
import type { Outcome } from './outcome.ts';
import { keepShare, revalueHolding } from './revalue.ts';
import type { OperatorState, PoolState, PositionState, ScenarioState } from './state.ts';
import type { Work } from '../work.ts';

type ClientEvent = EventOf<'client-bug'>;

/**
 * Positions known to depend on the client lose the share as a whole. Of the others, the native ETH with the operators
 * named loses it: an operator is taken to run the validators behind the native ETH delegated to it, which the chain does
 * not say, as it does not say which client they run. Nobody loses twice by one bug.
 */
export function applyClientBug(
  state: ScenarioState,
  event: ClientEvent,
  eventIndex: number,
  work: Work,
): Outcome {
  const dependents = event.client === null ? undefined : state.dependents.get(event.client);
  let lossWei: bigint =
    event.client === null ? 0n : failDependency(state, event.client, event.loss, eventIndex, work);
  const operators = listOperators(event, state);
  const already = new Set(dependents);
  let hasValidators = false;
  for (const operator of operators) {
    state.hasSlash = true;
    for (const pool of operator.pools) {
      if (pool.strategy !== BEACON_CHAIN_STRATEGY) continue;
      hasValidators = true;
      lossWei += strikeValidators(pool, operator, already, event, eventIndex, work);
    }
  }
  work.advance();
  return {
    lossWei: lossWei as Wei, // as: a sum of wei is wei
    note: dependents !== undefined || hasValidators ? null : explainNothing(event, operators.length),
  };
}

function listOperators({ operators }: ClientEvent, state: ScenarioState): readonly OperatorState[] {
  const all = [...state.operators.values()];
  if (operators === ALL) return all;
  const wanted = new Set(operators);
  return all.filter(({ address }) => wanted.has(address));
}

function strikeValidators(
  pool: PoolState,
  operator: OperatorState,
  already: ReadonlySet<PositionState>,
  { loss }: ClientEvent,
  eventIndex: number,
  work: Work,
): bigint {
  keepShare(pool.consensus, WAD - loss, WAD);
  let total = 0n;
  for (const holding of pool.holdings) {
    work.check();
    if (already.has(holding.position)) continue;
    keepShare(holding.consensus, WAD - loss, WAD);
    const lossWei = revalueHolding(holding, pool);
    total += lossWei;
    holding.position.reasons.push({
      kind: 'consensus',
      eventIndex,
      operator: operator.address,
      strategy: pool.strategy,
      loss,
      lossWei,
    });
  }
  return total;
}

function explainNothing({ operators }: ClientEvent, found: number): NonNullable<Outcome['note']> {
  if (operators !== ALL && operators.length === 0) return 'dependency-not-held';
  return found === 0 ? 'operator-not-held' : 'no-validators';
}
