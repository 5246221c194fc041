/**
 * Symbiotic: stakes with the vaults that the network file lists, because no view leads from an owner to a vault. In the
 * first version (up to 2) a withdrawal belongs to the epoch at whose end it is set aside; in the second (from 3) it is a
 * token, and no view lists the tokens of an owner.
 *
 * Written for symbioticfi/core 25a065a3 (2026-08-07): Vault, VaultV2, WithdrawalQueue.
 *
 * Rounds: versions, stakes and modules; epochs and delegators; withdrawals and adapters; which are claimed, and what an
 * adapter guarantees.
 */
import { shortenAddress, toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type {
  Operator,
  Reading,
  Service,
  TokenBacking,
  VaultAccount,
  VaultObservation,
} from '../../../shared/domain/observation.ts';
import type { ReadContext } from './context.ts';
import { ask, forEach, give, together, type Reader } from './rounds.ts';
import { readDelegation, type Delegation } from './symbiotic-delegation.ts';
import { readEpochs, readQueue, type Leaving } from './symbiotic-withdrawals.ts';
import { describeVault, type VaultsRead } from './vaults.ts';
import { defineView, mapOutcome, withCheck, type Outcome, type Target } from './view.ts';

const versionOf = defineView('function version() view returns (uint64)');
const collateralOf = defineView('function collateral() view returns (address)');
const delegatorOf = defineView('function delegator() view returns (address)');
const activeBalanceOf = defineView('function activeBalanceOf(address account) view returns (uint256)');

const CONTRACT = 'SymbioticVault';
/** The first version whose vaults are ERC-4626 and delegate by adapters. */
const FIRST_OF_ADAPTERS = 3n;
/** Far above any; below it, nothing says that it is none. */
const HIGHEST_VERSION = 1000n;

export interface SymbioticRead extends VaultsRead {
  readonly operators: readonly Operator[];
  readonly services: readonly Service[];
  /** What stands behind a stake with each vault. */
  readonly backings: readonly TokenBacking[];
}

/** One vault, for all addresses in their order. */
interface VaultRead {
  readonly address: EvmAddress;
  readonly stakes: readonly Outcome<bigint>[];
  readonly leaving: readonly Leaving[];
  /** Null where nobody holds anything of it. */
  readonly held: HeldVault | null;
}

interface HeldVault {
  readonly vault: VaultObservation;
  readonly delegation: Delegation;
}

export function* readSymbiotic(
  context: ReadContext,
  addresses: readonly EvmAddress[],
): Reader<SymbioticRead> {
  const listed = context.network.symbioticVaults;
  if (listed.length === 0) {
    context.notices.addMissing('symbioticVaults');
    return { accounts: [], vaults: [], operators: [], services: [], backings: [] };
  }
  const read = yield* forEach(listed, (address) => readVault(context, address, addresses));
  const present = read.filter((one) => one !== null);
  const accounts = addresses.map((_, index) => describeAccount(present, index));
  const shown = present.flatMap(({ held }) => held ?? []);
  return {
    accounts: present.length === 0 ? [] : accounts,
    vaults: shown.map(({ vault }) => vault),
    operators: shown.flatMap(({ delegation }) => delegation.operators),
    services: shown.flatMap(({ delegation }) => delegation.services),
    backings: shown.map(({ vault, delegation }) => ({
      instrument: `symbiotic:${vault.address}`,
      ...delegation.backing,
    })),
  };
}

/** Null where there is no contract at the address. */
function* readVault(
  context: ReadContext,
  address: EvmAddress,
  owners: readonly EvmAddress[],
): Reader<VaultRead | null> {
  const target: Target = { contract: CONTRACT, address };
  const [version, collateral, delegator, stakes] = yield* together([
    ask(
      withCheck(versionOf(target), (number) =>
        number === 0n || number > HIGHEST_VERSION ? `version ${number}` : null,
      ),
    ),
    ask(collateralOf(target)),
    ask(delegatorOf(target)),
    forEach(owners, (owner) => ask(activeBalanceOf(target, owner))),
  ]);
  if (!version.ok && version.code === 'no-contract') return null;
  const hasAdapters = version.ok && version.value >= FIRST_OF_ADAPTERS;
  const token = mapOutcome(collateral, toEvmAddress);
  // Of every vault that is listed: whether somebody only leaves it is known when it would be too late to begin.
  const [withdrawals, vault, delegation] = yield* together([
    !version.ok
      ? give({ earliest: null, leaving: owners.map(() => unread(version)) })
      : hasAdapters
        ? readQueue(context, target, owners)
        : readEpochs(context, target, owners),
    describeVault(context, 'symbiotic', address, token),
    readDelegation({ context, target, hasAdapters, token, delegator: mapOutcome(delegator, toEvmAddress) }),
  ]);
  const { earliest, leaving } = withdrawals;
  const isStaked = stakes.some((stake) => !stake.ok || stake.value > 0n);
  const isHeld = isStaked || leaving.some(({ entries }) => entries.length > 0);
  const dated = { ...vault, ...(earliest === null ? {} : { earliest }) };
  return { address, stakes, leaving, held: isHeld ? { vault: dated, delegation } : null };
}

function unread(failed: Outcome<unknown>): Leaving {
  return { read: mapOutcome(failed, () => 0n), entries: [] };
}

function describeAccount(vaults: readonly VaultRead[], index: number): VaultAccount {
  const stakes = vaults.flatMap(({ address, stakes: all }) => {
    const amount = all[index];
    return amount === undefined || (amount.ok && amount.value === 0n) ? [] : [{ vault: address, amount }];
  });
  const leaving = vaults.flatMap((one) => one.leaving[index] ?? []);
  const failed = leaving.find(({ read }) => !read.ok)?.read;
  const queued = leaving.flatMap(({ entries }) => entries);
  return {
    protocol: 'symbiotic',
    stakesRead: countOf(vaults, 'activeBalanceOf', stakes.length),
    stakes,
    queuedRead: failed ?? countOf(vaults, 'withdrawalsOf', queued.length),
    queued,
  };
}

/** A list put together of many answers, each of which stands for itself. */
function countOf(vaults: readonly VaultRead[], call: string, count: number): Reading {
  const address = vaults.map((vault) => shortenAddress(vault.address)).join(', ');
  return { ok: true, value: BigInt(count), contract: CONTRACT, address, call };
}
