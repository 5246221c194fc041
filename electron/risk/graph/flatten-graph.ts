/** From holders to operators: with whom every part of a position stands in the end, and through which layers. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { GraphPart, GraphPool, RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import type { RunHooks } from '../work.ts';
import { nameNode } from './pool-order.ts';
import { keyOfStake } from './stake-key.ts';
import { validateGraph } from './validate-graph.ts';

/** Where a part of a position stands. */
export type Place =
  | { readonly kind: 'operator'; readonly operator: string; readonly vault: string | null }
  | { readonly kind: 'free' }
  | {
      readonly kind: 'hidden';
      readonly behind: string;
      /** With operators where it does not say. */
      readonly standsWith?: 'finality-provider' | undefined;
    };

export interface FlatPart {
  readonly place: Place;
  /** Exact; the parts of a position sum to its value. */
  readonly amount: bigint;
  /**
   * Ids of the dependencies met on the way, outermost first, each once. They are layers: what is lost of the part is
   * 1 - (1 - l1) x ... x (1 - ln).
   */
  readonly layers: readonly string[];
}

export interface FlatPosition {
  readonly id: string;
  readonly value: bigint;
  readonly parts: readonly FlatPart[];
}

/** A position that leads to more places than this is not one that anybody holds. */
const MOST_STEPS = 2_000_000;
/** Steps between two looks at whether the work is still wanted. */
const STEPS_PER_CHECK = 4096;

/**
 * The parts of every valued position. A pool hands on what enters it in proportion to its parts, each rounded down; the
 * last takes what that leaves, so that nothing is lost or made. What no part names is hidden behind the pool or token.
 *
 * @throws AppError scenario-invalid as {@link validateGraph}, and for a position that leads to millions of places
 * @throws AppError cancelled
 */
export function flattenGraph(
  graph: RestakingGraph,
  hooks: Pick<RunHooks, 'isCancelled'> = {},
): readonly FlatPosition[] {
  validateGraph(graph);
  const roads: Roads = {
    pools: new Map(
      graph.pools.map((pool) => [
        pool.id,
        {
          total: pool.total,
          parts: completeParts(pool.total, pool.parts, nameNode(pool)),
          dependsOn: pool.dependsOn,
        },
      ]),
    ),
    dependsOn: new Map(graph.operators.map(({ id, dependsOn }) => [id, dependsOn])),
  };
  return graph.positions.flatMap(({ id, token, value, parts, dependsOn }) => {
    if (value === null) return [];
    checkCancelled(hooks);
    const whole = completeParts(value, parts, token === '' ? `position ${id}` : token);
    const walker = new Walker(id, roads, hooks);
    walker.hand(value, value, whole, addLayers([], dependsOn));
    return [{ id, value, parts: walker.list() }];
  });
}

/** A pool whose parts sum to its total. */
interface WholePool extends Pick<GraphPool, 'total' | 'dependsOn'> {
  readonly parts: readonly GraphPart[];
}

interface Roads {
  readonly pools: ReadonlyMap<string, WholePool>;
  /** Of operators. */
  readonly dependsOn: ReadonlyMap<string, readonly string[]>;
}

/** Follows the value of one position down to where it stands, and adds up what arrives by the same layers. */
class Walker {
  readonly #positionId: string;
  readonly #roads: Roads;
  readonly #hooks: Pick<RunHooks, 'isCancelled'>;
  readonly #found = new Map<string, FlatPart>();
  /** Most parts share the very list of the pool they came from, which need not be spelled out for each. */
  readonly #keys = new WeakMap<readonly string[], string>();
  #steps = 0;

  constructor(positionId: string, roads: Roads, hooks: Pick<RunHooks, 'isCancelled'>) {
    this.#positionId = positionId;
    this.#roads = roads;
    this.#hooks = hooks;
  }

  list(): readonly FlatPart[] {
    return [...this.#found.values()];
  }

  /** Hands `amount` on to the parts of what it has entered. */
  hand(amount: bigint, total: bigint, parts: readonly GraphPart[], layers: readonly string[]): void {
    let left = amount;
    for (const [index, part] of parts.entries()) {
      const share = index === parts.length - 1 ? left : (amount * part.amount) / total;
      left -= share;
      if (share === 0n) continue;
      this.#count();
      this.#enter(part, share, addLayers(layers, part.dependsOn));
    }
  }

  #enter(part: GraphPart, amount: bigint, layers: readonly string[]): void {
    switch (part.to) {
      case 'pool': {
        const pool = this.#roads.pools.get(part.pool)!;
        this.hand(amount, pool.total, pool.parts, addLayers(layers, pool.dependsOn));
        return;
      }
      case 'operator': {
        const { operator, vault } = part;
        const below = addLayers(layers, this.#roads.dependsOn.get(operator)!);
        this.#add(keyOfStake(operator, vault), { kind: 'operator', operator, vault }, amount, below);
        return;
      }
      case 'free':
        this.#add('free', { kind: 'free' }, amount, layers);
        return;
      case 'hidden':
        this.#add(
          `hidden ${part.standsWith ?? ''} ${part.behind}`,
          {
            kind: 'hidden',
            behind: part.behind,
            ...(part.standsWith === undefined ? {} : { standsWith: part.standsWith }),
          },
          amount,
          layers,
        );
    }
  }

  #add(placeKey: string, place: Place, amount: bigint, layers: readonly string[]): void {
    const layersKey = this.#keys.get(layers) ?? JSON.stringify(layers);
    this.#keys.set(layers, layersKey);
    const key = `${layersKey} ${placeKey}`;
    const before = this.#found.get(key);
    this.#found.set(key, { place, amount: (before?.amount ?? 0n) + amount, layers });
  }

  #count(): void {
    this.#steps++;
    if (this.#steps % STEPS_PER_CHECK === 0) checkCancelled(this.#hooks);
    if (this.#steps <= MOST_STEPS) return;
    throw new AppError('scenario-invalid', `Position ${this.#positionId} leads through too many pools.`, {
      detail: `more than ${MOST_STEPS} steps from the position to where its parts stand`,
      help: 'Merge pools that stand in the same places.',
    });
  }
}

/** The parts that hold something, and what none of them names as a hidden part at the end. */
function completeParts(whole: bigint, parts: readonly GraphPart[], behind: string): readonly GraphPart[] {
  const present = parts.filter(({ amount }) => amount > 0n);
  const rest = present.reduce((left, { amount }) => left - amount, whole);
  return rest > 0n ? [...present, { to: 'hidden', behind, amount: rest, dependsOn: [] }] : present;
}

function addLayers(above: readonly string[], more: readonly string[]): readonly string[] {
  const fresh = more.filter((id) => !above.includes(id));
  return fresh.length === 0 ? above : [...above, ...new Set(fresh)];
}

function checkCancelled({ isCancelled }: Pick<RunHooks, 'isCancelled'>): void {
  if (isCancelled?.() === true) throw new AppError('cancelled', 'Cancelled.', { retryable: true });
}
