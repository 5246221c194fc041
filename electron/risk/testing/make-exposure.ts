/** Small exposures for tests: what a case is about is given, the rest is filled in. */
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { Exposure, ExposureOperator, ExposurePosition, Leg } from '../../../shared/domain/exposure.ts';
import type { Allocation } from '../../../shared/domain/observation.ts';
import type { Scenario, ScenarioEvent } from '../../../shared/domain/scenario.ts';
import { WAD, type Shares, type Wad, type Wei } from '../../../shared/domain/units.ts';

export const BLOCK = 1000n;

// `as`: brands exist at compile time only, and literals carry none.
export const wei = (value: bigint): Wei => value as Wei;
export const wad = (value: bigint): Wad => value as Wad;
export const shares = (value: bigint): Shares => value as Shares;
export const percent = (value: number): Wad => wad(BigInt(value) * 10n ** 16n);

export function addressOf(number: number): EvmAddress {
  return toEvmAddress(`0x${number.toString(16).padStart(40, '0')}`);
}

export const OPERATOR = addressOf(0x0a);
export const STRATEGY = addressOf(0x5a);

export function makeAllocation(
  serviceId: string,
  currentMagnitude: bigint,
  more: Partial<Allocation> = {},
): Allocation {
  return { serviceId, currentMagnitude, pendingDiff: 0n, effectBlock: 0n, isSlashable: true, ...more };
}

export function makeOperator(
  allocations: Allocation[],
  more: Partial<ExposureOperator> & { maxMagnitude?: bigint } = {},
): ExposureOperator {
  const { maxMagnitude = WAD, ...rest } = more;
  return {
    address: OPERATOR,
    name: 'Operator',
    isNamed: true,
    mode: 'unique',
    strategies: [
      {
        strategy: STRATEGY,
        maxMagnitude: wad(maxMagnitude),
        encumberedMagnitude: wad(maxMagnitude),
        allocations,
      },
    ],
    unreadStrategies: [],
    ...rest,
  };
}

export function ownLeg(bookWei: bigint, more: Partial<Extract<Leg, { kind: 'shares' }>> = {}): Leg {
  return {
    kind: 'shares',
    bookWei: wei(bookWei),
    operator: OPERATOR,
    strategy: STRATEGY,
    scaledShares: shares(bookWei),
    beaconFactor: null,
    ...more,
  };
}

export function pooledLeg(bookWei: bigint, more: Partial<Extract<Leg, { kind: 'pooled' }>> = {}): Leg {
  return { kind: 'pooled', bookWei: wei(bookWei), operator: OPERATOR, strategy: STRATEGY, ...more };
}

export function plainLeg(kind: 'free' | 'hidden', bookWei: bigint): Leg {
  return { kind, bookWei: wei(bookWei) };
}

export function makePosition(
  id: string,
  legs: Leg[],
  more: Partial<ExposurePosition> = {},
): ExposurePosition {
  return {
    id,
    label: id,
    instrumentId: 'ETH',
    symbol: 'ETH',
    accountLabel: 'Account',
    state: 'held',
    bookWei: wei(legs.reduce((sum, leg) => sum + leg.bookWei, 0n)),
    legs,
    dependsOn: [],
    ...more,
  };
}

export function makeExposure(parts: Partial<Exposure>): Exposure {
  return {
    origin: { kind: 'sample', note: 'test', block: { number: BLOCK, hash: '0x', time: 0 }, blockSeconds: 12 },
    positions: [],
    operators: [],
    services: [],
    dependencies: [],
    strategies: [],
    nodes: [],
    links: [],
    shared: [],
    ...parts,
  };
}

export function makeServices(...ids: string[]): Exposure['services'] {
  return ids.map((id, index) => ({
    id,
    avs: addressOf(0xa00 + index),
    operatorSet: 0,
    name: id,
    isRedistributing: null,
  }));
}

export function makeScenario(...events: ScenarioEvent[]): Scenario {
  return { preset: 'custom', events };
}

export function slash(service: string | string[], share: Wad, operator = OPERATOR): ScenarioEvent {
  return { kind: 'operator-slash', operator, service, wad: share };
}

export function fail(dependency: string, loss: Wad): ScenarioEvent {
  return { kind: 'contract-failure', dependency, loss };
}
