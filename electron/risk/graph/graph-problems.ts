/** Everything wrong with a restaking graph, in the order a reader would look for it. */
import type {
  Fraction,
  GraphCover,
  GraphEdge,
  GraphOperator,
  GraphPart,
  GraphPool,
  RestakingGraph,
} from '../../../shared/domain/restaking-graph.ts';
import { findCycle, findLongestChain, nameNode } from './pool-order.ts';
import { keyOfStake } from './stake-key.ts';

/** Deeper than any token is wrapped, and shallow enough for every walk along a path. */
const LONGEST_CHAIN = 64;

/** Pools of a cycle that are all named. */
const LONGEST_PATH = 12;

/** Ids of everything that a reference can lead to. */
interface Known {
  readonly positions: ReadonlySet<string>;
  readonly pools: ReadonlyMap<string, bigint>;
  readonly operators: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly dependencies: ReadonlySet<string>;
  /** Amounts by {@link keyOfStake}. */
  readonly stakes: ReadonlyMap<string, bigint>;
}

export function* findGraphProblems(graph: RestakingGraph): Generator<string> {
  const known = listKnown(graph);
  yield* findDuplicates('position', graph.positions);
  yield* findDuplicates('pool', graph.pools);
  yield* findDuplicates('operator', graph.operators);
  yield* findDuplicates('service', graph.services);
  yield* findDuplicates('dependency', graph.dependencies);
  yield* findDuplicates('cover', graph.covers);
  for (const operator of graph.operators) yield* findOperatorProblems(operator, known);
  for (const { id, threshold, profit } of graph.services) {
    if (threshold !== null) yield* findThresholdProblems(`service ${id}`, threshold);
    if (profit !== null) yield* findAmountProblems(`the profit of service ${id}`, profit);
  }
  yield* findEdgeProblems(graph.edges, known);
  for (const { id, operator } of graph.dependencies) {
    if (operator !== null && !known.operators.has(operator)) {
      yield `dependency ${id} names the unknown operator ${operator}`;
    }
  }
  yield* findHolderProblems(graph, known);
  for (const cover of graph.covers) yield* findCoverProblems(cover, known);
  yield* findCycleProblems(graph);
}

function listKnown(graph: RestakingGraph): Known {
  return {
    positions: new Set(graph.positions.map(({ id }) => id)),
    pools: new Map(graph.pools.map(({ id, total }) => [id, total])),
    operators: new Set(graph.operators.map(({ id }) => id)),
    services: new Set(graph.services.map(({ id }) => id)),
    dependencies: new Set(graph.dependencies.map(({ id }) => id)),
    stakes: new Map(
      graph.operators.flatMap(({ id, stakes }) =>
        stakes.map(({ vault, amount }) => [keyOfStake(id, vault), amount]),
      ),
    ),
  };
}

function* findDuplicates(kind: string, items: readonly { readonly id: string }[]): Generator<string> {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) yield `${kind} ${id} is listed twice`;
    seen.add(id);
  }
}

/** `unknown`, because a caller in JavaScript may pass what the type forbids: 0.1, NaN, undefined. */
function* findAmountProblems(what: string, amount: unknown): Generator<string> {
  if (typeof amount !== 'bigint') yield `${what} is ${String(amount)}, not a whole number (bigint)`;
  else if (amount < 0n) yield `${what} is below zero`;
}

function* findThresholdProblems(what: string, { num, den }: Fraction): Generator<string> {
  const isShare = isBigint(num) && isBigint(den) && den > 0n && num > 0n && num <= den;
  if (!isShare) yield `the threshold of ${what} is ${String(num)}/${String(den)}, not above 0 and at most 1`;
}

function isBigint(value: unknown): boolean {
  return typeof value === 'bigint';
}

/** Anything else was named before, and would only be named again. */
function isAmount(value: unknown): boolean {
  return typeof value === 'bigint' && value >= 0n;
}

function nameStake(operator: string, vault: string | null): string {
  return vault === null ? `operator ${operator}` : `operator ${operator} in ${vault}`;
}

function* findUnknown(who: string, dependsOn: readonly string[], { dependencies }: Known): Generator<string> {
  for (const id of dependsOn) if (!dependencies.has(id)) yield `${who} depends on the unknown ${id}`;
}

function* findOperatorProblems(operator: GraphOperator, known: Known): Generator<string> {
  const seen = new Set<string | null>();
  for (const { vault, amount } of operator.stakes) {
    const who = nameStake(operator.id, vault);
    if (seen.has(vault)) yield `the stake of ${who} is listed twice`;
    seen.add(vault);
    yield* findAmountProblems(`the stake of ${who}`, amount);
  }
  yield* findAmountProblems(`the slashing fee of operator ${operator.id}`, operator.slashFee);
  yield* findUnknown(`operator ${operator.id}`, operator.dependsOn, known);
}

/** What the edges of one stake take together. */
interface StakeUse {
  readonly who: string;
  readonly stake: bigint;
  readonly mode: GraphEdge['mode'];
  readonly services: Set<string>;
  unique: bigint;
}

function* findEdgeProblems(edges: readonly GraphEdge[], known: Known): Generator<string> {
  const uses = new Map<string, StakeUse>();
  for (const { operator, vault, service, mode, allocation } of edges) {
    const who = (): string => nameStake(operator, vault);
    if (!known.services.has(service)) yield `an edge of ${who()} names the unknown service ${service}`;
    if (!known.operators.has(operator)) {
      yield `an edge of service ${service} names the unknown operator ${operator}`;
      continue;
    }
    const key = keyOfStake(operator, vault);
    const stake = known.stakes.get(key);
    if (stake === undefined) {
      yield `an edge of service ${service} names a stake that ${who()} does not have`;
      continue;
    }
    if (!isAmount(allocation)) {
      yield* findAmountProblems(`the allocation of ${who()} to service ${service}`, allocation);
    }
    const use = uses.get(key) ?? { who: who(), stake, mode, services: new Set<string>(), unique: 0n };
    if (use.services.size === 0) uses.set(key, use);
    if (use.services.has(service)) yield `the edge of ${use.who} and service ${service} is listed twice`;
    use.services.add(service);
    if (use.mode !== mode)
      yield `${use.who} is held in ${use.mode} and in ${mode} mode; a stake has one mode`;
    if (!isAmount(allocation) || !isAmount(stake)) continue;
    if (mode === 'unique') use.unique += allocation;
    if (mode === 'shared' && allocation > stake) {
      yield `${use.who} allocates ${allocation.toString()} to service ${service}, more than its stake of ${stake.toString()}`;
    }
  }
  for (const { who, unique, stake } of uses.values()) {
    if (isAmount(stake) && unique > stake) {
      yield `${who} allocates ${unique.toString()} to services that share nothing, more than its stake of ${stake.toString()}`;
    }
  }
}

function* findHolderProblems({ positions, pools }: RestakingGraph, known: Known): Generator<string> {
  for (const { id, value, parts, dependsOn } of positions) {
    const who = `position ${id}`;
    yield* findUnknown(who, dependsOn, known);
    if (value !== null) yield* findAmountProblems(`the value of ${who}`, value);
    else if (parts.length > 0) yield `${who} has no known value, but parts`;
    if (value !== null) yield* findPartProblems(who, value, parts, known);
  }
  for (const pool of pools) {
    const who = nameNode(pool);
    yield* findUnknown(who, pool.dependsOn, known);
    yield* findAmountProblems(`the total of ${who}`, pool.total);
    yield* findPartProblems(who, pool.total, pool.parts, known);
  }
}

function* findPartProblems(
  who: string,
  whole: bigint,
  parts: readonly GraphPart[],
  known: Known,
): Generator<string> {
  let sum = 0n;
  for (const part of parts) {
    yield* findUnknown(`a part of ${who}`, part.dependsOn, known);
    if (isAmount(part.amount)) sum += part.amount;
    else yield* findAmountProblems(`a part of ${who}`, part.amount);
    if (part.to === 'pool') {
      const total = known.pools.get(part.pool);
      if (total === undefined) yield `${who} stands in the unknown pool ${part.pool}`;
      else if (total === 0n && part.amount !== 0n) yield `${who} stands in pool ${part.pool}, which is empty`;
    }
    if (part.to === 'operator' && !known.operators.has(part.operator)) {
      yield `${who} stands with the unknown operator ${part.operator}`;
    } else if (part.to === 'operator' && !known.stakes.has(keyOfStake(part.operator, part.vault))) {
      yield `${who} stands with a stake that ${nameStake(part.operator, part.vault)} does not have`;
    }
  }
  if (isAmount(whole) && sum > whole) {
    yield `the parts of ${who} sum to ${sum.toString()}, more than its ${whole.toString()}`;
  }
}

function* findCoverProblems(cover: GraphCover, known: Known): Generator<string> {
  const who = `cover ${cover.id}`;
  yield* findAmountProblems(`the cap of ${who}`, cover.cap);
  yield* findAmountProblems(`the deductible of ${who}`, cover.deductible);
  const seen = new Set<string>();
  for (const id of cover.beneficiaries) {
    if (!known.positions.has(id)) yield `${who} covers the unknown position ${id}`;
    if (seen.has(id)) yield `${who} covers position ${id} twice`;
    seen.add(id);
  }
  const ids = { operator: known.operators, service: known.services, dependency: known.dependencies };
  for (const { kind, id, share } of cover.hangsOn) {
    if (!ids[kind].has(id)) yield `${who} hangs on the unknown ${kind} ${id}`;
    const isShare =
      isBigint(share.num) &&
      isBigint(share.den) &&
      share.den > 0n &&
      share.num >= 0n &&
      share.num <= share.den;
    if (!isShare) yield `the share of ${who} that hangs on ${kind} ${id} is not from 0 to 1`;
  }
}

/** Of a path longer than anybody reads, both ends. */
function namePath(path: readonly GraphPool[]): string {
  const names = path.map(nameNode);
  const isLong = names.length > LONGEST_PATH;
  const shown = isLong ? [...names.slice(0, 6), `${names.length - 8} more`, ...names.slice(-2)] : names;
  return shown.join(' -> ');
}

function* findCycleProblems({ pools }: RestakingGraph): Generator<string> {
  const cycle = findCycle(pools);
  if (cycle !== null) {
    yield `what stands behind it leads back to itself: ${namePath(cycle)}`;
    return;
  }
  const longest = findLongestChain(pools);
  if (longest > LONGEST_CHAIN) {
    yield `a chain of ${longest} pools stands in one another, and ${LONGEST_CHAIN} are the most`;
  }
}
