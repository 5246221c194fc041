// The invented network of the sample: its addresses, strategies, services and operators. No name or address here is
// anybody's: addresses are the last 20 bytes of a hash of what they stand for.
import { keccak256, stringToHex } from 'viem/utils';
import { computeOperatorSharesSlashed } from '../electron/risk/protocols/eigenlayer/shares.ts';
import { slashAllocation } from '../electron/risk/protocols/eigenlayer/slash-allocation.ts';
import { BEACON_CHAIN_STRATEGY, toEvmAddress, type EvmAddress } from '../shared/domain/address.ts';
import type {
  Allocation,
  Operator,
  OperatorStrategy,
  Reading,
  Service,
  StrategyObservation,
} from '../shared/domain/observation.ts';
import { sumOf, WAD, type Shares, type Wad } from '../shared/domain/units.ts';
import { parseDecimal } from '../shared/format/numbers.ts';

export const SAMPLE_BLOCK = 8_214_600n;
/** First of November 2026, midnight UTC, in Unix seconds. */
export const SAMPLE_TIME = Date.UTC(2026, 10, 1) / 1000;

/** A number with 18 decimals, written as a person would. */
export function wad(text: string): bigint {
  const parsed = parseDecimal(text, 18);
  if (!parsed.ok) throw new Error(`not a number with 18 decimals: ${text}`);
  return parsed.value;
}

export function hashOf(label: string): string {
  return keccak256(stringToHex(`ballast sample: ${label}`));
}

export function addressOf(label: string): EvmAddress {
  return toEvmAddress(`0x${hashOf(label).slice(-40)}`);
}

/** What the contract called `contract` would have answered. */
export function read(contract: string, call: string, value: bigint): Extract<Reading, { ok: true }> {
  return { ok: true, value, contract, address: addressOf(`contract ${contract}`), call };
}

export const STETH_STRATEGY = addressOf('stETH strategy');

export const strategies: StrategyObservation[] = [
  {
    address: STETH_STRATEGY,
    instrument: 'stETH',
    underlyingToken: addressOf('contract stETH'),
    name: 'Sample stETH strategy',
  },
  {
    address: BEACON_CHAIN_STRATEGY,
    instrument: 'ETH',
    underlyingToken: null,
    name: 'Native ETH',
  },
];

function makeService(name: string, operatorSet: number, isRedistributing: boolean): Service {
  const avs = addressOf(`service ${name}`);
  return { id: `${avs}:${operatorSet}`, avs, operatorSet, name, isRedistributing };
}

const lanternfish = makeService('Lanternfish Data', 0, false);
const millpond = makeService('Millpond Oracle', 0, false);
const saffron = makeService('Saffron Bridge', 1, true);
const kestrelmark = makeService('Kestrelmark Sequencer', 0, false);
const thimble = makeService('Thimble Compute', 2, false);
const greenglass = makeService('Greenglass Keys', 0, true);

export const services: Service[] = [lanternfish, millpond, saffron, kestrelmark, thimble, greenglass];

export interface Slash {
  readonly service: Service;
  /** Share of what was allocated to the service. */
  readonly share: string;
}

interface StrategyPlan {
  readonly strategy: EvmAddress;
  /** Shares delegated before any slash. */
  readonly shares: string;
  /** Magnitude by service, before any slash. */
  readonly magnitudes: readonly (readonly [service: Service, magnitude: string])[];
  readonly slash?: Slash;
  /** A deallocation under way: still slashable until its block. */
  readonly leaving?: { readonly service: Service; readonly magnitude: string; readonly effectBlock: bigint };
}

/** An operator's strategy after its history, by the arithmetic of the contracts. */
function makeStrategy(operator: EvmAddress, plan: StrategyPlan): OperatorStrategy {
  let maxMagnitude: Wad = WAD;
  // as: wad() counts 18 decimals, which is what magnitudes and shares have.
  let encumbered = sumOf(plan.magnitudes.map(([, magnitude]) => wad(magnitude))) as Wad;
  let operatorShares = wad(plan.shares) as Shares;
  const allocations = plan.magnitudes.map(([service, magnitude]): Allocation => {
    let currentMagnitude = wad(magnitude) as Wad;
    if (plan.slash?.service === service) {
      const after = slashAllocation({
        currentMagnitude,
        maxMagnitude,
        encumberedMagnitude: encumbered,
        pendingDiff: 0n,
        wadToSlash: wad(plan.slash.share) as Wad,
      });
      operatorShares = (operatorShares -
        computeOperatorSharesSlashed(operatorShares, maxMagnitude, after.maxMagnitude)) as Shares;
      ({ currentMagnitude, maxMagnitude, encumberedMagnitude: encumbered } = after);
    }
    const leaving = plan.leaving?.service === service ? plan.leaving : null;
    return {
      serviceId: service.id,
      currentMagnitude,
      pendingDiff: leaving ? -wad(leaving.magnitude) : 0n,
      effectBlock: leaving ? leaving.effectBlock : 0n,
      isSlashable: true,
    };
  });
  const { strategy } = plan;
  const of = `(${operator}, ${strategy})`;
  return {
    strategy,
    maxMagnitude: read('AllocationManager', `getMaxMagnitude${of}`, maxMagnitude),
    encumberedMagnitude: read('AllocationManager', `getEncumberedMagnitude${of}`, encumbered),
    operatorShares: read(
      'DelegationManager',
      `getOperatorShares(${operator}, [${strategy}])`,
      operatorShares,
    ),
    allocationsRead: read('AllocationManager', `getStrategyAllocations${of}`, BigInt(allocations.length)),
    allocations,
  };
}

function makeOperator(name: string, plans: readonly StrategyPlan[]): Operator {
  const address = addressOf(`operator ${name}`);
  return { address, name, strategies: plans.map((plan) => makeStrategy(address, plan)) };
}

/** Secures four services, more than anybody else here. */
export const fernhollow = makeOperator('Fernhollow Nodes', [
  {
    strategy: STETH_STRATEGY,
    shares: '41250',
    magnitudes: [
      [lanternfish, '0.35'],
      [millpond, '0.25'],
      [saffron, '0.15'],
    ],
  },
  {
    strategy: BEACON_CHAIN_STRATEGY,
    shares: '96400',
    magnitudes: [
      [lanternfish, '0.4'],
      [thimble, '0.2'],
    ],
  },
]);

/** Was slashed once in each strategy, and is leaving a service. */
export const tidewick = makeOperator('Tidewick Validation', [
  {
    strategy: STETH_STRATEGY,
    shares: '12800',
    magnitudes: [
      [saffron, '0.4'],
      [kestrelmark, '0.2'],
    ],
    slash: { service: saffron, share: '0.2' },
    leaving: { service: kestrelmark, magnitude: '0.15', effectBlock: SAMPLE_BLOCK + 61_200n },
  },
  {
    strategy: BEACON_CHAIN_STRATEGY,
    shares: '38600',
    magnitudes: [
      [kestrelmark, '0.5'],
      [saffron, '0.1'],
    ],
    slash: { service: kestrelmark, share: '0.1' },
  },
]);

export const ombrelle = makeOperator('Ombrelle Staking', [
  {
    strategy: STETH_STRATEGY,
    shares: '20100',
    magnitudes: [[millpond, '0.3']],
  },
  {
    strategy: BEACON_CHAIN_STRATEGY,
    shares: '71500',
    magnitudes: [
      [millpond, '0.5'],
      [greenglass, '0.1'],
    ],
  },
]);

/** Allocates little: most of what it holds cannot be slashed by a service. */
export const quarrystone = makeOperator('Quarrystone Operations', [
  {
    strategy: BEACON_CHAIN_STRATEGY,
    shares: '18900',
    magnitudes: [[lanternfish, '0.05']],
  },
]);

export const operators: Operator[] = [fernhollow, tidewick, ombrelle, quarrystone];
