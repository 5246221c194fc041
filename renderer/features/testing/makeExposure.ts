/** A small look-through for tests: three positions, two operators, two services, one contract, something hidden. */
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { buildFlow } from '../../../shared/domain/build-flow.ts';
import type { Exposure, ExposureOperator, ExposurePosition, Leg } from '../../../shared/domain/exposure.ts';
import type { Service } from '../../../shared/domain/observation.ts';
import { rankShared } from '../../../shared/domain/rank-shared.ts';
import { sumOf, WAD, type Wei } from '../../../shared/domain/units.ts';

export const ALDER = toEvmAddress(`0x${'0a'.repeat(20)}`);
export const BIRCH = toEvmAddress(`0x${'0b'.repeat(20)}`);
const STRATEGY = toEvmAddress(`0x${'5a'.repeat(20)}`);
const AVS = toEvmAddress(`0x${'7a'.repeat(20)}`);
export const RELAY = `${AVS}:1`;
export const BRIDGE = `${AVS}:2`;
const BLOCK = 100n;

// `as`, here and below: brands exist at compile time only, and literals carry none.
const wei = (value: bigint): Wei => value as Wei;

function makeLeg(operator: typeof ALDER, value: bigint): Leg {
  return { kind: 'pooled', bookWei: wei(value), operator, strategy: STRATEGY };
}

function makePosition(id: string, symbol: string, legs: Leg[], dependsOn: string[]): ExposurePosition {
  return {
    id,
    label: `${symbol}, Treasury`,
    instrumentId: symbol,
    symbol,
    accountLabel: 'Treasury',
    state: 'held',
    bookWei: wei(sumOf(legs.map(({ bookWei }) => bookWei))),
    legs,
    dependsOn,
  };
}

/** `tenths` by service: how much of its magnitude the operator allocated there. */
function makeOperator(address: typeof ALDER, name: string, tenths: Record<string, bigint>): ExposureOperator {
  return {
    address,
    name,
    isNamed: true,
    mode: 'unique',
    strategies: [
      {
        strategy: STRATEGY,
        maxMagnitude: WAD,
        encumberedMagnitude: WAD,
        allocations: Object.entries(tenths).map(([serviceId, tenth]) => ({
          serviceId,
          currentMagnitude: (WAD / 10n) * tenth,
          pendingDiff: 0n,
          effectBlock: 0n,
          isSlashable: true,
        })),
      },
    ],
    unreadStrategies: [],
  };
}

function makeService(id: string, operatorSet: number, name: string): Service {
  return { id, avs: AVS, operatorSet, name, isRedistributing: null };
}

/**
 * Alder allocated 3 tenths to the relay and 5 to the bridge, Birch 2 to the relay. Position `a` (1000) stands 600 with
 * Alder and 400 hidden, `b` (500) with Birch, `c` (70) with nobody. `a` and `b` rest on the contract.
 */
export function makeExposure(): Exposure {
  const positions = [
    makePosition(
      'a',
      'weETH',
      [makeLeg(ALDER, 600n), { kind: 'hidden', bookWei: wei(400n) }],
      ['contract:core'],
    ),
    makePosition('b', 'rsETH', [makeLeg(BIRCH, 500n)], ['contract:core']),
    makePosition('c', 'ETH', [{ kind: 'free', bookWei: wei(70n) }], []),
  ];
  const operators = [
    makeOperator(ALDER, 'Alder Works', { [RELAY]: 3n, [BRIDGE]: 5n }),
    makeOperator(BIRCH, 'Birch Nodes', { [RELAY]: 2n }),
  ];
  const services = [makeService(RELAY, 1, 'Relay'), makeService(BRIDGE, 2, 'Bridge')];
  const dependencies = [{ id: 'contract:core', kind: 'contract', name: 'Core contracts' } as const];
  const parts = { positions, operators, services, dependencies };
  return {
    origin: { kind: 'sample', note: '', block: { number: BLOCK, hash: '0x', time: 0 }, blockSeconds: 12 },
    ...parts,
    dependencies: [...dependencies],
    strategies: [],
    ...buildFlow({ ...parts, block: BLOCK }),
    shared: rankShared({ ...parts, block: BLOCK }),
  };
}
