/**
 * Contract views as typed calls. A view is written as a person would write it, encoded and decoded by viem, and
 * decoded strictly: what does not fit the declared type is "malformed", never a zero.
 */
import {
  decodeFunctionResult,
  encodeAbiParameters,
  encodeFunctionData,
  parseAbiItem,
  type AbiFunction,
  type ContractFunctionArgs,
  type ContractFunctionReturnType,
  type Hex,
  type ParseAbiItem,
} from 'viem';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { FailureCode } from '../../../shared/domain/observation.ts';
import { quoteForeign } from '../../../shared/format/visible-text.ts';

/** A contract to be asked: its name in the network file (or what it is), and where it is. */
export interface Target {
  readonly contract: string;
  readonly address: EvmAddress;
}

/** Which call an answer belongs to; the fields of a reading in shared/domain/observation.ts. */
export interface Asked {
  readonly contract: string;
  readonly address: string;
  /** As a person would write it: `balanceOf(0x…)`. */
  readonly call: string;
}

export interface Call<T = unknown> extends Asked {
  readonly address: EvmAddress;
  /** Calldata; null asks for the native balance of `address` (eth_getBalance). */
  readonly data: Hex | null;
  /** Throws on anything but the canonical encoding of the declared type. */
  readonly decode: (data: Hex) => T;
  /** What is wrong with a value that decodes but cannot be meant (a rate of zero), or null. */
  check?(value: T): string | null;
  /** Failures that are no sign that a protocol changed: a token without a symbol, a call that came with a later release. */
  readonly expected?: readonly FailureCode[];
  /** Asked before it is known whether there is anything: a revert without a reason is the expected no, not a want of gas. */
  readonly isGuess?: boolean;
}

export type Failure = Asked & { readonly ok: false; readonly code: FailureCode; readonly detail: string };
export type Outcome<T> = (Asked & { readonly ok: true; readonly value: T }) | Failure;

/** What the chain said to one call, before decoding. */
export type RawResult =
  | { readonly kind: 'returned'; readonly data: Hex }
  | { readonly kind: 'reverted'; readonly data: Hex }
  /** There is no code at the address. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unanswered'; readonly detail: string };

type FunctionOf<S extends string> = Extract<ParseAbiItem<S>, AbiFunction>;
type InputsOf<S extends string> = ContractFunctionArgs<[FunctionOf<S>]> & readonly unknown[];
type OutputOf<S extends string> = ContractFunctionReturnType<[FunctionOf<S>]>;

/** A view that can be asked of any contract that has it. */
export type View<Inputs extends readonly unknown[], Output> = (
  target: Target,
  ...args: Inputs
) => Call<Output>;

/**
 * Makes a view of its Solidity signature. One output decodes to its value, several to a tuple.
 * @example const balanceOf = defineView('function balanceOf(address account) view returns (uint256)');
 */
export function defineView<const S extends string>(signature: S): View<InputsOf<S>, OutputOf<S>> {
  // The text is a literal of this program: viem's type for a text it cannot know is only "some ABI item".
  const item = parseAbiItem(signature as string) as AbiFunction;
  const abi = [item];
  const decode = (data: Hex): OutputOf<S> => {
    const value: unknown = decodeFunctionResult({ abi, functionName: item.name, data });
    const values = item.outputs.length === 1 ? [value] : (value as readonly unknown[]);
    // viem reads a uint64 from 32 bytes without looking at the rest; encoding again finds dirty bits and odd offsets.
    const canonical = encodeAbiParameters(item.outputs, values);
    if (!data.toLowerCase().startsWith(canonical)) throw new Error('not the canonical encoding of its type');
    // The ABI the value was decoded by is the parsed form of S.
    return value as OutputOf<S>;
  };
  return (target, ...args) => ({
    contract: target.contract,
    address: target.address,
    call: `${item.name}(${args.map(formatArgument).join(', ')})`,
    data: encodeFunctionData({ abi, functionName: item.name, args }),
    decode,
  });
}

/** The same call with a test of what its value can mean. */
export function withCheck<T>(call: Call<T>, check: (value: T) => string | null): Call<T> {
  return { ...call, check };
}

/** The same call of a contract that may have no such function: reverting then is no sign of a change. */
export function mayLack<T>(call: Call<T>): Call<T> {
  return { ...call, expected: ['reverted'] };
}

/** The raw result as the outcome of the call: decoded, checked, and never zero in place of unknown. */
export function settle<T>(call: Call<T>, raw: RawResult): Outcome<T> {
  switch (raw.kind) {
    case 'unanswered':
      return fail(call, 'no-answer', raw.detail);
    case 'reverted':
      return fail(call, 'reverted', describeRevert(raw.data));
    case 'absent':
      return fail(call, 'no-contract', `there is no contract at ${call.address} on this chain`);
    case 'returned': {
      if (raw.data === '0x') return fail(call, 'malformed', 'nothing came back');
      let value: T;
      try {
        value = call.decode(raw.data);
      } catch {
        return fail(call, 'malformed', `${(raw.data.length - 2) / 2} bytes that do not decode as its type`);
      }
      const problem = call.check?.(value) ?? null;
      return problem === null ? { ok: true, value, ...askedOf(call) } : fail(call, 'absurd', problem);
    }
  }
}

export function fail(asked: Asked, code: FailureCode, detail: string): Failure {
  return { ok: false, code, detail, ...askedOf(asked) };
}

/** Applies `change` to the value of an outcome that has one. */
export function mapOutcome<T, U>(outcome: Outcome<T>, change: (value: T) => U): Outcome<U> {
  return outcome.ok ? { ok: true, value: change(outcome.value), ...askedOf(outcome) } : outcome;
}

function askedOf({ contract, address, call }: Asked): Asked {
  return { contract, address, call };
}

const ERROR_STRING = '0x08c379a0';
const PANIC = '0x4e487b71';

/** The reason given, in a few words: `Error(string)`, a panic code, or the selector of a custom error. */
function describeRevert(data: Hex): string {
  if (data === '0x') return 'reverted without a reason';
  const selector = data.slice(0, 10);
  if (selector === PANIC) return `panic 0x${BigInt(`0x${data.slice(10) || '0'}`).toString(16)}`;
  if (selector !== ERROR_STRING) return `reverted with error ${selector}`;
  try {
    const reason = decodeFunctionResult({
      abi: [parseAbiItem('function reason() view returns (string)')],
      data: `0x${data.slice(10)}`,
    });
    return `reverted: ${quoteForeign(reason, 120)}`;
  } catch {
    return 'reverted with an unreadable reason';
  }
}

function formatArgument(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatArgument).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `(${Object.values(value).map(formatArgument).join(', ')})`;
  return String(value);
}
