/**
 * Karak v1: shares of ERC-4626 vaults that a supervisor keeps for each staker, and withdrawals that redeem theirs when they
 * are finished, at what a share is worth then. Whom a staker is delegated to is in no view.
 *
 * Written for Andalusia-Labs/karak-restaking as deployed in 2024 (VaultSupervisor, DelegationSupervisor, Withdraw): a
 * withdrawal pays whoever started it, and stays in the list when it is finished. Shares that somebody took out of the
 * supervisor as tokens (gimmieShares) are in none of these lists.
 *
 * Rounds: the lists and the delay; which withdrawals are open, and what they and the vaults hold; names of tokens.
 */
import type { Hex } from 'viem';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { VaultAccount, VaultObservation } from '../../../shared/domain/observation.ts';
import { askNamed, targetOf, type ReadContext } from './context.ts';
import { checkCount } from './requests.ts';
import { ask, forEach, together, type Reader } from './rounds.ts';
import { describeVault, NO_VAULTS, type VaultsRead } from './vaults.ts';
import { defineView, mapOutcome, withCheck, type Outcome } from './view.ts';

const getDeposits = defineView(
  'function getDeposits(address staker) view returns (address[] vaults, address[] tokens, uint256[] assets, uint256[] shares)',
);
const fetchQueuedWithdrawals = defineView(
  'function fetchQueuedWithdrawals(address staker) view returns ((address staker, address delegatedTo, uint256 nonce, uint256 start, (address[] vaults, uint256[] shares, address withdrawer) request)[])',
);
const isWithdrawPending = defineView(
  'function isWithdrawPending((address staker, address delegatedTo, uint256 nonce, uint256 start, (address[] vaults, uint256[] shares, address withdrawer) request) withdrawal) view returns (bool)',
);
const withdrawalDelay = defineView('function withdrawalDelay() view returns (uint256)');
const convertToAssets = defineView('function convertToAssets(uint256 shares) view returns (uint256)');

/** ERC-4626. */
const assetOf = defineView('function asset() view returns (address)');

/** No name of the network file: stakes may be in any vault. */
const VAULT = 'KarakVault';
const SUPERVISOR = 'VaultSupervisor';
const WITHDRAWALS = 'DelegationSupervisor';
/** Two years of seconds: more is no delay. */
const LONGEST_DELAY = 63_072_000n;

type DepositsAnswer = readonly [
  vaults: readonly string[],
  tokens: readonly string[],
  assets: readonly bigint[],
  shares: readonly bigint[],
];
interface Withdrawal {
  readonly staker: Hex;
  readonly delegatedTo: Hex;
  readonly nonce: bigint;
  readonly start: bigint;
  readonly request: {
    readonly vaults: readonly Hex[];
    readonly shares: readonly bigint[];
    readonly withdrawer: Hex;
  };
}

/** What the first round tells of an account. */
interface Lists {
  readonly owner: EvmAddress;
  readonly deposits: Outcome<DepositsAnswer>;
  readonly withdrawals: Outcome<readonly Withdrawal[]>;
  readonly delay: Outcome<bigint>;
}

/** The stakes of each address, in their order, and the vaults they are in; nothing where the network has no Karak. */
export function* readKarak(context: ReadContext, addresses: readonly EvmAddress[]): Reader<VaultsRead> {
  if (targetOf(context.network, SUPERVISOR) === null) {
    context.notices.addMissing(SUPERVISOR);
    return NO_VAULTS;
  }
  const lists = yield* forEach(addresses, (owner) => readLists(context, owner));
  const [accounts, vaults] = yield* together([
    forEach(lists, (one) => readAccount(context, one)),
    forEach(listVaults(lists), (vault) => readVault(context, vault, lists[0]?.delay)),
  ]);
  return { accounts, vaults };
}

function* readLists(context: ReadContext, owner: EvmAddress): Reader<Lists> {
  const [deposits, withdrawals, delay] = yield* together([
    askNamed(context, SUPERVISOR, (target) => withCheck(getDeposits(target, owner), checkDeposits)),
    askNamed(context, WITHDRAWALS, (target) =>
      withCheck(fetchQueuedWithdrawals(target, owner), (list) =>
        checkWithdrawals(list, owner, context.block.time),
      ),
    ),
    askNamed(context, WITHDRAWALS, (target) =>
      withCheck(withdrawalDelay(target), (seconds) =>
        seconds > LONGEST_DELAY ? `a delay of ${seconds} seconds` : null,
      ),
    ),
  ]);
  return { owner, deposits, withdrawals, delay };
}

function listVaults(lists: readonly Lists[]): EvmAddress[] {
  const texts = lists.flatMap(({ deposits, withdrawals }) => [
    ...(deposits.ok ? deposits.value[0] : []),
    ...(withdrawals.ok ? withdrawals.value.flatMap(({ request }) => request.vaults) : []),
  ]);
  return [...new Set(texts.map(toEvmAddress))];
}

/** `delay`: the same for every vault. */
function* readVault(
  context: ReadContext,
  address: EvmAddress,
  delay: Outcome<bigint> | undefined,
): Reader<VaultObservation> {
  const asset = yield* ask(assetOf({ contract: VAULT, address }));
  const vault = yield* describeVault(context, 'karak', address, mapOutcome(asset, toEvmAddress));
  const now = BigInt(context.block.time);
  return delay === undefined ? vault : { ...vault, earliest: mapOutcome(delay, (seconds) => now + seconds) };
}

/** Null where there is no Karak at the address: nobody can hold anything of it there. */
function* readAccount(
  context: ReadContext,
  { deposits, withdrawals, delay }: Lists,
): Reader<VaultAccount | null> {
  if (!deposits.ok && deposits.code === 'no-contract') return null;
  const queued = yield* forEach(withdrawals.ok ? withdrawals.value : [], (withdrawal) =>
    readWithdrawal(context, withdrawal, delay),
  );
  return {
    protocol: 'karak',
    stakesRead: mapOutcome(deposits, ([vaults]) => BigInt(vaults.length)),
    stakes: deposits.ok
      ? deposits.value[0].map((vault, index) => ({
          vault: toEvmAddress(vault),
          // As many amounts as vaults, by the check of the answer.
          amount: mapOutcome(deposits, ([, , assets]) => assets[index] ?? 0n),
        }))
      : [],
    queuedRead: mapOutcome(withdrawals, () => BigInt(queued.flat().length)),
    queued: queued.flat(),
  };
}

/** The entries of a withdrawal that is not finished; also of one of which that is not known. */
function* readWithdrawal(
  context: ReadContext,
  withdrawal: Withdrawal,
  delay: Outcome<bigint>,
): Reader<VaultAccount['queued']> {
  const { nonce, start, request } = withdrawal;
  const [isPending, amounts] = yield* together([
    askNamed(context, WITHDRAWALS, (target) => isWithdrawPending(target, withdrawal)),
    forEach(request.vaults, (vault, index) =>
      ask(convertToAssets({ contract: VAULT, address: toEvmAddress(vault) }, request.shares[index] ?? 0n)),
    ),
  ]);
  if (isPending.ok && !isPending.value) return [];
  const claimableFrom = mapOutcome(delay, (seconds) => start + seconds);
  return amounts.map((amount, index) => ({
    vault: toEvmAddress(request.vaults[index] ?? ''),
    id: nonce,
    amount: isPending.ok ? amount : mapOutcome(isPending, () => 0n),
    claimableFrom,
  }));
}

function checkDeposits([vaults, ...others]: DepositsAnswer): string | null {
  const odd = others.find(({ length }) => length !== vaults.length);
  if (odd !== undefined) return `lists of ${vaults.length} and ${odd.length} entries that belong together`;
  if (new Set(vaults).size !== vaults.length) return 'a vault listed twice';
  return checkCount(BigInt(vaults.length));
}

function checkWithdrawals(list: readonly Withdrawal[], owner: EvmAddress, now: number): string | null {
  const parts = list.reduce((sum, { request }) => sum + request.vaults.length, 0);
  const problems = list.map(({ staker, nonce, start, request }): string | null => {
    if (toEvmAddress(staker) !== owner || toEvmAddress(request.withdrawer) !== owner)
      return `withdrawal ${nonce} of somebody else`;
    if (request.vaults.length !== request.shares.length) return `withdrawal ${nonce} without all its shares`;
    if (request.shares.includes(0n)) return `withdrawal ${nonce} of nothing`;
    return start > BigInt(now) ? `withdrawal ${nonce} started at ${start}, which is to come` : null;
  });
  return problems.find((problem) => problem !== null) ?? checkCount(BigInt(parts + list.length));
}
