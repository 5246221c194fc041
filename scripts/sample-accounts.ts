// The accounts of the sample and what they hold. Share arithmetic is that of the EigenLayer contracts.
import { scaleDeposit } from '../electron/risk/protocols/eigenlayer/deposit-scaling.ts';
import {
  computeSlashingFactor,
  computeWithdrawableShares,
  payScaledShares,
} from '../electron/risk/protocols/eigenlayer/shares.ts';
import { SAMPLE_PORTFOLIO_ID, type EvmAccount } from '../shared/domain/account.ts';
import { BEACON_CHAIN_STRATEGY, type EvmAddress } from '../shared/domain/address.ts';
import { INSTRUMENTS } from '../shared/domain/instrument.ts';
import type {
  AccountObservation,
  Operator,
  QueuedWithdrawal,
  Reading,
  RestakedDeposit,
} from '../shared/domain/observation.ts';
import { shareOf, WAD, type Shares, type Wad } from '../shared/domain/units.ts';
import {
  addressOf,
  fernhollow,
  read,
  SAMPLE_BLOCK,
  SAMPLE_TIME,
  STETH_STRATEGY,
  tidewick,
  wad,
} from './sample-network.ts';

/** Blocks a withdrawal waits: fourteen days of twelve seconds. */
const WITHDRAWAL_DELAY = 100_800n;
/** stETH per share of the invented strategy. */
const STETH_PER_SHARE = wad('1.032');
/** What penalties on the beacon chain left of the cold storage's validators. */
const BEACON_FACTOR = wad('0.9985') as Wad; // as: wad() counts 18 decimals

function makeAccount(id: string, label: string): EvmAccount {
  return {
    id: `${SAMPLE_PORTFOLIO_ID}-${id}`,
    portfolioId: SAMPLE_PORTFOLIO_ID,
    kind: 'evm',
    address: addressOf(`account ${id}`),
    label,
    ensName: null,
    createdAt: SAMPLE_TIME * 1000,
  };
}

const treasury = makeAccount('treasury', 'Treasury');
const coldStorage = makeAccount('cold-storage', 'Cold storage');
const operations = makeAccount('operations', 'Operations');

export const accounts: EvmAccount[] = [treasury, coldStorage, operations];

function readBalances(
  holder: EvmAddress,
  held: Readonly<Record<string, string>>,
): AccountObservation['balances'] {
  return INSTRUMENTS.filter(({ id }) => id !== 'BTC').map(({ id }) => {
    const amount = wad(held[id] ?? '0');
    return {
      instrument: id,
      amount:
        id === 'ETH'
          ? read('Multicall3', `getEthBalance(${holder})`, amount)
          : read(id, `balanceOf(${holder})`, amount),
    };
  });
}

function readUnderlying(strategy: EvmAddress, shares: bigint): Reading {
  return strategy === BEACON_CHAIN_STRATEGY
    ? read('DelegationManager', 'beaconChainETHStrategy: one share is one wei', shares)
    : read('stETH strategy', `sharesToUnderlyingView(${shares})`, shareOf(shares, STETH_PER_SHARE));
}

function findMaxMagnitude(operator: Operator | null, strategy: EvmAddress): Wad {
  const found = operator?.strategies.find((state) => state.strategy === strategy)?.maxMagnitude;
  if (operator && !found?.ok) throw new Error(`${operator.name ?? ''} has no such strategy`);
  // as: maximum magnitudes are WAD
  return found?.ok ? (found.value as Wad) : WAD;
}

interface DepositPlan {
  readonly staker: EvmAddress;
  readonly operator: Operator | null;
  readonly strategy: EvmAddress;
  /** Deposited before the operator was slashed, and after. */
  readonly early: string;
  readonly late?: string;
  readonly beaconFactor?: Wad;
}

/** A deposit after its history: an early part that was slashed with its operator, a late one that was not. */
function makeDeposit(plan: DepositPlan): RestakedDeposit {
  const { staker, operator, strategy } = plan;
  const beaconFactor = plan.beaconFactor ?? null;
  const factor = computeSlashingFactor(findMaxMagnitude(operator, strategy), beaconFactor);
  // as: wad() counts 18 decimals, which is what shares have.
  const early = wad(plan.early) as Shares;
  const late = wad(plan.late ?? '0') as Shares;
  // An early deposit was made under a slashing factor of one, which leaves the scaling factor at one.
  const depositScalingFactor =
    late === 0n
      ? WAD
      : scaleDeposit({
          depositScalingFactor: WAD,
          previousDepositShares: early,
          addedShares: late,
          slashingFactor: factor,
        });
  const deposited = (early + late) as Shares;
  const withdrawable = computeWithdrawableShares(deposited, depositScalingFactor, factor);
  const of = `(${staker}, ${strategy})`;
  return {
    strategy,
    depositShares: read('DelegationManager', `getDepositedShares(${staker})`, deposited),
    withdrawableShares: read(
      'DelegationManager',
      `getWithdrawableShares(${staker}, [${strategy}])`,
      withdrawable,
    ),
    depositScalingFactor: read('DelegationManager', `depositScalingFactor${of}`, depositScalingFactor),
    beaconFactor:
      beaconFactor && read('EigenPodManager', `beaconChainSlashingFactor(${staker})`, beaconFactor),
    underlying: readUnderlying(strategy, withdrawable),
  };
}

/** A withdrawal of stETH shares from an operator, queued `age` blocks ago. */
function makeWithdrawal(
  staker: EvmAddress,
  operator: Operator,
  plan: { readonly nonce: bigint; readonly age: bigint; readonly shares: string },
): QueuedWithdrawal {
  const scaled = wad(plan.shares) as Shares; // as: wad() counts 18 decimals, which is what shares have
  const shares = payScaledShares(scaled, findMaxMagnitude(operator, STETH_STRATEGY));
  const startBlock = SAMPLE_BLOCK - plan.age;
  return {
    nonce: plan.nonce,
    startBlock,
    completableBlock: read(
      'DelegationManager',
      'startBlock + minWithdrawalDelayBlocks() + 1',
      startBlock + WITHDRAWAL_DELAY + 1n,
    ),
    delegatedTo: operator.address,
    entries: [
      {
        strategy: STETH_STRATEGY,
        scaledShares: read('DelegationManager', `getQueuedWithdrawals(${staker})`, scaled),
        shares: read('DelegationManager', `getQueuedWithdrawals(${staker})`, shares),
        beaconFactor: null,
        underlying: readUnderlying(STETH_STRATEGY, shares),
      },
    ],
  };
}

function observeAccount(
  account: EvmAccount,
  operator: Operator | null,
  parts: {
    readonly held: Readonly<Record<string, string>>;
    readonly deposits: RestakedDeposit[];
    readonly queued: QueuedWithdrawal[];
  },
): AccountObservation {
  const { address } = account;
  const { deposits, queued } = parts;
  const delegation = read('DelegationManager', `delegatedTo(${address})`, 0n);
  return {
    address,
    balances: readBalances(address, parts.held),
    eigenlayer: {
      delegatedTo: { ...delegation, value: operator ? operator.address : null },
      depositsRead: read('DelegationManager', `getDepositedShares(${address})`, BigInt(deposits.length)),
      deposits,
      queuedRead: read('DelegationManager', `getQueuedWithdrawals(${address})`, BigInt(queued.length)),
      queued,
    },
  };
}

export const accountObservations: AccountObservation[] = [
  observeAccount(treasury, fernhollow, {
    held: { ETH: '24.5', wstETH: '58.2', weETH: '48.4', ezETH: '31.6' },
    deposits: [
      makeDeposit({
        staker: treasury.address,
        operator: fernhollow,
        strategy: STETH_STRATEGY,
        early: '78.6',
      }),
    ],
    queued: [makeWithdrawal(treasury.address, fernhollow, { nonce: 0n, age: 36_400n, shares: '14' })],
  }),
  observeAccount(coldStorage, tidewick, {
    held: { pufETH: '40.2', rsETH: '29.4' },
    deposits: [
      makeDeposit({
        staker: coldStorage.address,
        operator: tidewick,
        strategy: BEACON_CHAIN_STRATEGY,
        early: '40',
        late: '16',
        beaconFactor: BEACON_FACTOR,
      }),
    ],
    queued: [],
  }),
  observeAccount(operations, null, {
    held: { ETH: '2.4' },
    deposits: [
      makeDeposit({ staker: operations.address, operator: null, strategy: STETH_STRATEGY, early: '9.5' }),
    ],
    // Queued when it left the slashed operator: it lost its part of the slash while it waited.
    queued: [makeWithdrawal(operations.address, tidewick, { nonce: 3n, age: 118_000n, shares: '3' })],
  }),
];
