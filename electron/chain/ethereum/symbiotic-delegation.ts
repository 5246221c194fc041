/**
 * With whom a Symbiotic vault stands: delegators of the first version name at most one operator and one network; those of
 * the second hold adapters, each of which guarantees one network the stake of one operator. What no view tells is hidden.
 */
import { toEvmAddress, ZERO_ADDRESS, type EvmAddress } from '../../../shared/domain/address.ts';
import type { Operator, OperatorStrategy, Service } from '../../../shared/domain/observation.ts';
import { mulDivFloor, sumOf, WAD } from '../../../shared/domain/units.ts';
import type { ReadContext } from './context.ts';
import { findTokenName } from './find-token.ts';
import { indicesOf } from './requests.ts';
import { ask, forEach, give, together, type Reader } from './rounds.ts';
import { NOTHING_SEEN, shareBacking, type BackingPart, type BackingShares } from './share-backing.ts';
import { defineView, mayLack, withCheck, type Call, type Outcome, type Target } from './view.ts';

const slasherOf = defineView('function slasher() view returns (address)');
const activeStake = defineView('function activeStake() view returns (uint256)');
const totalAssets = defineView('function totalAssets() view returns (uint256)');
const balanceOf = defineView('function balanceOf(address account) view returns (uint256)');
const typeOf = defineView('function TYPE() view returns (uint64)');
const operatorOf = defineView('function operator() view returns (address)');
const networkOf = defineView('function network() view returns (address)');
const stakeOf = defineView('function stake(bytes32 subnetwork, address operator) view returns (uint256)');
const getAdaptersLength = defineView('function getAdaptersLength() view returns (uint256)');
const adapterAt = defineView('function adapters(uint256 index) view returns (address)');
const subnetworkOf = defineView('function subnetwork() view returns (bytes32)');
const slashableOf = defineView('function slashable() view returns (uint256)');

/** Types of delegators: any operators and networks (0, 1), one operator (2), one operator for one network (3). */
const ONE_OPERATOR = 2n;
const ONE_NETWORK = 3n;
/** MAX_ADAPTERS of IUniversalDelegator. */
const MOST_ADAPTERS = 50n;

export interface Delegation {
  readonly backing: BackingShares;
  /** Those whose networks are known, with what each of these can take. */
  readonly operators: readonly Operator[];
  readonly services: readonly Service[];
}

interface DelegationInput {
  readonly context: ReadContext;
  readonly target: Target;
  readonly hasAdapters: boolean;
  readonly token: Outcome<EvmAddress>;
  readonly delegator: Outcome<EvmAddress>;
}

/** Stake that one network can take from one operator. */
interface Guarantee {
  readonly operator: EvmAddress;
  readonly service: Service;
  readonly amount: Outcome<bigint> & { readonly ok: true };
}

const HIDDEN: Delegation = { backing: NOTHING_SEEN, operators: [], services: [] };
const FREE: Delegation = {
  ...HIDDEN,
  backing: { restaked: [], unrestakedShare: WAD, hiddenShare: 0n },
};

export function readDelegation({
  context,
  target,
  hasAdapters,
  token,
  delegator,
}: DelegationInput): Reader<Delegation> {
  if (!delegator.ok || delegator.value === ZERO_ADDRESS) return give(HIDDEN);
  const at: Target = { contract: 'SymbioticDelegator', address: delegator.value };
  return hasAdapters ? readAdapters(context, target, at, token) : readSingle(target, at);
}

function* readSingle(vault: Target, delegator: Target): Reader<Delegation> {
  const [slasher, active, type, operator, network] = yield* together([
    ask(slasherOf(vault)),
    ask(activeStake(vault)),
    ask(typeOf(delegator)),
    ask(optional(operatorOf(delegator))),
    ask(optional(networkOf(delegator))),
  ]);
  // Without a slasher no network can take anything.
  if (slasher.ok && toEvmAddress(slasher.value) === ZERO_ADDRESS) return FREE;
  if (!active.ok || !type.ok || !operator.ok || active.value === 0n) return HIDDEN;
  const address = toEvmAddress(operator.value);
  const whole: BackingPart = { operator: address, strategy: vault.address, wei: active.value };
  if (type.value === ONE_OPERATOR) return { ...HIDDEN, backing: share(active.value, [whole], 0n) };
  if (type.value !== ONE_NETWORK || !network.ok) return HIDDEN;
  // The network may have numbered parts of its own; the first is the one that networks without any use.
  const subnetwork = `${network.value.toLowerCase()}${'0'.repeat(24)}` as const;
  const service = describeService(subnetwork);
  const amount = yield* ask(
    withCheck(stakeOf(delegator, subnetwork as `0x${string}`, address), (stake) =>
      stake > active.value ? `${stake}, where ${active.value} is staked` : null,
    ),
  );
  if (!amount.ok || amount.value === 0n || service === null) return HIDDEN;
  return describe(vault.address, active.value, 0n, [{ operator: address, service, amount }]);
}

function* readAdapters(
  context: ReadContext,
  vault: Target,
  delegator: Target,
  token: Outcome<EvmAddress>,
): Reader<Delegation> {
  const [count, total, idle] = yield* together([
    ask(
      withCheck(getAdaptersLength(delegator), (length) =>
        length > MOST_ADAPTERS ? `${length} adapters` : null,
      ),
    ),
    ask(totalAssets(vault)),
    readIdle(context, vault, token),
  ]);
  if (!count.ok || !total.ok) return HIDDEN;
  const read = yield* forEach(indicesOf(count.value), (index) => readAdapter(delegator, index));
  const guarantees = read.filter((one) => one !== null);
  // Adapters that lend for yield, and what could not be read, are the rest: hidden.
  return describe(vault.address, total.value, idle.ok ? idle.value : 0n, guarantees);
}

/** What lies in the vault itself. */
function readIdle(
  { network }: ReadContext,
  { address }: Target,
  token: Outcome<EvmAddress>,
): Reader<Outcome<bigint>> {
  if (!token.ok) return give(token);
  const contract = findTokenName(network, token.value) ?? 'Token';
  return ask(balanceOf({ contract, address: token.value }, address));
}

/** Null for an adapter that guarantees nobody anything. */
function* readAdapter(delegator: Target, index: bigint): Reader<Guarantee | null> {
  const found = yield* ask(adapterAt(delegator, index));
  if (!found.ok) return null;
  const adapter: Target = { contract: 'SymbioticAdapter', address: toEvmAddress(found.value) };
  const [operator, subnetwork, amount] = yield* together([
    ask(optional(operatorOf(adapter))),
    ask(optional(subnetworkOf(adapter))),
    ask(optional(slashableOf(adapter))),
  ]);
  if (!operator.ok || !subnetwork.ok || !amount.ok || amount.value === 0n) return null;
  const service = describeService(subnetwork.value);
  return service && { operator: toEvmAddress(operator.value), service, amount };
}

/** Which of these views there is depends on the kind of the contract. */
function optional<T>(call: Call<T>): Call<T> {
  return { ...mayLack(call), isGuess: true };
}

/** A subnetwork is the network's address and a number of 96 bits; null for a number no service has here. */
function describeService(subnetwork: string): Service | null {
  const avs = toEvmAddress(subnetwork.slice(0, 42));
  const part = Number(BigInt(`0x${subnetwork.slice(42)}`));
  if (!Number.isSafeInteger(part)) return null;
  return { id: `${avs}:${part}`, avs, operatorSet: part, name: null, isRedistributing: null };
}

function describe(
  vault: EvmAddress,
  total: bigint,
  idle: bigint,
  guarantees: readonly Guarantee[],
): Delegation {
  const parts = guarantees.map(({ operator, amount }) => ({
    operator,
    strategy: vault,
    wei: amount.value,
  }));
  const byOperator = Map.groupBy(guarantees, ({ operator }) => operator);
  return {
    backing: share(total, parts, idle),
    operators: Array.from(byOperator, ([address, own]) => ({
      address,
      name: null,
      strategies: [describeStake(vault, own)],
    })),
    services: guarantees.map(({ service }) => service),
  };
}

function share(total: bigint, parts: readonly BackingPart[], idle: bigint): BackingShares {
  const { restaked, unrestakedShare, hiddenShare } = shareBacking(total, parts, idle);
  return { restaked, unrestakedShare, hiddenShare };
}

/** Each network's part of what stands with the operator: together all of it, and no two can take the same. */
function describeStake(vault: EvmAddress, own: readonly Guarantee[]): OperatorStrategy {
  const whole = sumOf(own.map(({ amount }) => amount.value));
  const [first] = own;
  if (first === undefined) throw new Error('an operator without a guarantee');
  const said = (value: bigint): OperatorStrategy['maxMagnitude'] => ({ ...first.amount, value });
  return {
    strategy: vault,
    maxMagnitude: said(WAD),
    encumberedMagnitude: said(WAD),
    operatorShares: said(whole),
    allocationsRead: said(BigInt(own.length)),
    allocations: own.map(({ service, amount }) => ({
      serviceId: service.id,
      currentMagnitude: mulDivFloor(amount.value, WAD, whole),
      pendingDiff: 0n,
      effectBlock: 0n,
      isSlashable: true,
    })),
  };
}
