/** What positions share, ranked by the book value that rests on it, with the most that one fault there can take. */
import type { ExposureOperator, ExposurePosition, SharedRow } from './exposure.ts';
import type { Dependency } from './instrument.ts';
import { nameService } from './names.ts';
import type { Service } from './observation.ts';
import { findWorstLoss, gatherStakes, splitStake } from './stakes.ts';
import { fractionOf, sumOf, type Wei } from './units.ts';

interface SharedInput {
  readonly positions: readonly ExposurePosition[];
  readonly operators: readonly ExposureOperator[];
  readonly services: readonly Service[];
  readonly dependencies: readonly Dependency[];
  /** Pinned block, in which pending allocations are settled or not. */
  readonly block: bigint;
}

interface Tally {
  readonly kind: SharedRow['kind'];
  readonly name: string;
  valueWei: bigint;
  worstLossWei: bigint;
  readonly positionIds: Set<string>;
}

/** Rows by value, largest first; what nothing of value rests on has no row. */
export function rankShared({
  positions,
  operators,
  services,
  dependencies,
  block,
}: SharedInput): SharedRow[] {
  const tallies = new Map<string, Tally>();
  const add = (
    id: string,
    head: Pick<Tally, 'kind' | 'name'>,
    amounts: { readonly valueWei: bigint; readonly worstLossWei: bigint },
    positionIds: Iterable<string>,
  ): void => {
    const tally = tallies.get(id) ?? {
      ...head,
      valueWei: 0n,
      worstLossWei: 0n,
      positionIds: new Set<string>(),
    };
    tally.valueWei += amounts.valueWei;
    tally.worstLossWei += amounts.worstLossWei;
    for (const positionId of positionIds) tally.positionIds.add(positionId);
    tallies.set(id, tally);
  };

  const operatorNames = new Map(operators.map(({ address, name }) => [address, name]));
  const serviceNames = new Map(services.map((service) => [service.id, nameService(service)]));
  for (const stake of gatherStakes(positions, operators)) {
    const { operator, valueWei, positionIds } = stake;
    const operatorName = operatorNames.get(operator) ?? operator;
    const worstLossWei = findWorstLoss(stake, block);
    add(
      `operator:${operator}`,
      { kind: 'operator', name: operatorName },
      { valueWei, worstLossWei },
      positionIds,
    );
    for (const { serviceId, allocatedWei, slashableWei } of splitStake(stake, block) ?? []) {
      if (allocatedWei === 0n) continue;
      const name = serviceNames.get(serviceId) ?? serviceId;
      const amounts = { valueWei, worstLossWei: slashableWei };
      add(`service:${serviceId}`, { kind: 'service', name }, amounts, positionIds);
    }
  }
  for (const { id, dependsOn, bookWei } of positions) {
    if (bookWei === null) continue;
    for (const dependencyId of dependsOn) {
      const found = dependencies.find((dependency) => dependency.id === dependencyId);
      if (found) add(found.id, found, { valueWei: bookWei, worstLossWei: bookWei }, [id]);
    }
  }

  const known = sumOf(positions.map(({ bookWei }) => bookWei ?? 0n));
  return [...tallies]
    .filter(([, { valueWei }]) => valueWei > 0n)
    .map(([id, { kind, name, valueWei, worstLossWei, positionIds }]) => ({
      id,
      kind,
      name,
      valueWei: valueWei as Wei, // as: sums of wei are wei
      share: fractionOf(valueWei, known),
      worstLossWei: worstLossWei as Wei,
      positionIds: [...positionIds],
    }))
    .sort(
      (a, b) =>
        compare(b.valueWei, a.valueWei) || compare(b.worstLossWei, a.worstLossWei) || compare(a.id, b.id),
    );
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
