/** Protocols whose tokens are held in the account itself: what each declares, and how that becomes observations. */
import { findInstrument } from '../../../shared/domain/instrument.ts';
import { ZERO_ADDRESS, type EvmAddress } from '../../../shared/domain/address.ts';
import type { ContractName } from '../../../shared/domain/network.ts';
import type { AccountObservation, Observation } from '../../../shared/domain/observation.ts';
import { WAD } from '../../../shared/domain/units.ts';
import type { BackingDeclaration } from './backing.ts';
import { askNamed, targetOf, type ReadContext } from './context.ts';
import type { RedeemDeclaration } from './redeemable.ts';
import type { RequestDeclaration } from './requests.ts';
import { ask, forEach, together, type Reader } from './rounds.ts';
import { defineView, fail, mapOutcome, withCheck, type Call, type Outcome, type Target } from './view.ts';

/** What a protocol's reader reads, and the version of the contracts it was written for. */
export interface TokenProtocol {
  readonly writtenFor: string;
  /** ERC-20 tokens; each is named alike in the network file and among the instruments. */
  readonly tokens: readonly ContractName[];
  /** ETH per whole token; BTC where the token is a claim on bitcoin. Tokens that are one of it by definition have none. */
  readonly rates: readonly TokenRate[];
  /** Left out where giving a token back leaves no request on the chain. */
  readonly requests?: RequestDeclaration;
  /** Left out where its issuer redeems through a queue only, or in a way that no reader asks. */
  readonly redeem?: RedeemDeclaration;
  /** Left out where nothing on the chain tells who restakes for its tokens. */
  readonly backing?: BackingDeclaration;
}

interface TokenRate {
  readonly instrument: ContractName;
  /** Which contract tells the rate. */
  readonly contract: ContractName;
  /** `token`: where the token is, for oracles of several. */
  readonly call: (target: Target, token: EvmAddress) => Call<bigint>;
  /** Decimals of what the call answers; 18 where left out. */
  readonly decimals?: (target: Target, token: EvmAddress) => Call<number>;
}

type Balance = AccountObservation['balances'][number];
type Rate = Observation['rates'][number];

export const balanceOf = defineView('function balanceOf(address account) view returns (uint256)');
const decimalsOf = defineView('function decimals() view returns (uint8)');
const getEthBalance = defineView('function getEthBalance(address addr) view returns (uint256)');

/** Far above any of these tokens; below it, nothing says that a rate is wrong. */
const HIGHEST_RATE = 1000n * WAD;
/** The largest power of ten a uint256 can hold. */
const MOST_DECIMALS = 77;

/** The rate of each of the protocol's tokens; one whose contract is not named is "not-configured". */
export function* readRates(context: ReadContext, { rates }: TokenProtocol): Reader<Rate[]> {
  const isKnown = ({ instrument, contract }: TokenRate): boolean =>
    targetOf(context.network, instrument) !== null || targetOf(context.network, contract) !== null;
  return yield* forEach(rates.filter(isKnown), function* ({ instrument, contract, call, decimals }) {
    const token = targetOf(context.network, instrument)?.address ?? ZERO_ADDRESS;
    if (decimals === undefined) {
      const rate = yield* askNamed(context, contract, (target) => withCheck(call(target, token), checkRate));
      return { instrument, rate };
    }
    const [answer, places] = yield* together([
      askNamed(context, contract, (target) => withCheck(call(target, token), checkAnswer)),
      askNamed(context, contract, (target) =>
        withCheck(decimals(target, token), (value) => (value > MOST_DECIMALS ? `${value} decimals` : null)),
      ),
    ]);
    return { instrument, rate: scaleRate(context, answer, places) };
  });
}

/** To 18 decimals, rounded down. */
function scaleRate(
  context: ReadContext,
  answer: Outcome<bigint>,
  decimals: Outcome<number>,
): Outcome<bigint> {
  if (!decimals.ok) return decimals;
  const rate = mapOutcome(answer, (value) => (value * WAD) / 10n ** BigInt(decimals.value));
  const problem = rate.ok ? checkRate(rate.value) : null;
  if (problem === null) return rate;
  const failed = fail(rate, 'absurd', problem);
  context.notices.addFailure(failed);
  return failed;
}

function checkAnswer(rate: bigint): string | null {
  return rate <= 0n ? 'a rate of zero' : null;
}

function checkRate(rate: bigint): string | null {
  return checkAnswer(rate) ?? (rate > HIGHEST_RATE ? `a rate above 1000 per token: ${rate}` : null);
}

/** ETH and the named tokens of each account, in the order of the addresses. */
export function* readBalances(
  context: ReadContext,
  tokens: readonly ContractName[],
  addresses: readonly EvmAddress[],
): Reader<Balance[][]> {
  const targets = tokens.flatMap((token) => targetOf(context.network, token) ?? []);
  const named = new Set(targets.map(({ contract }) => contract));
  for (const token of tokens) if (!named.has(token)) context.notices.addMissing(token);
  const [decimals, accounts] = yield* together([
    forEach(targets, (target) => ask(withCheck(decimalsOf(target), (value) => checkDecimals(target, value)))),
    forEach(addresses, (address) => readAccount(context, targets, address)),
  ]);
  return accounts.map(({ native, amounts }) => [
    { instrument: 'ETH', amount: native },
    ...targets.map(({ contract }, index) => ({
      instrument: contract,
      amount: inKnownUnits(amounts[index], decimals[index]),
    })),
  ]);
}

function* readAccount(context: ReadContext, targets: readonly Target[], address: EvmAddress) {
  const [native, amounts] = yield* together([
    ask(nativeBalanceOf(context, address)),
    forEach(targets, (target) => ask(balanceOf(target, address))),
  ]);
  return { native, amounts };
}

/** Multicall3 tells a balance inside the same request; without it the node is asked directly. */
export function nativeBalanceOf(context: ReadContext, address: EvmAddress): Call<bigint> {
  const multicall3 = targetOf(context.network, 'Multicall3');
  if (multicall3 !== null) return getEthBalance(multicall3, address);
  return { contract: 'node', address, call: `eth_getBalance(${address})`, data: null, decode: BigInt };
}

/** An amount in a unit nobody knows is not an amount. */
function inKnownUnits(
  amount: Outcome<bigint> | undefined,
  decimals: Outcome<number> | undefined,
): Outcome<bigint> {
  if (amount === undefined || decimals === undefined) throw new Error('as many outcomes as tokens');
  return amount.ok && !decimals.ok ? decimals : amount;
}

function checkDecimals({ contract }: Target, decimals: number): string | null {
  const expected = findInstrument(contract)?.decimals;
  return decimals === expected ? null : `${decimals} decimals, where ${contract} has ${expected ?? 'no'}`;
}
