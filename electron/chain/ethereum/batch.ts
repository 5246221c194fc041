/**
 * Many calls in few requests: Multicall3.aggregate3 at one block, or, where a network has no Multicall3, the same
 * contract sent along with each request. Sizes a node refuses are halved until it accepts them.
 */
import {
  BaseError,
  createClient,
  custom,
  decodeFunctionResult,
  encodeFunctionData,
  multicall3Abi,
  numberToHex,
  padHex,
  RawContractError,
  type Hex,
} from 'viem';
import { call as callOnce } from 'viem/actions';
import { AppError } from '../../../shared/contract/errors.ts';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { EthereumClient } from './client.ts';
import { malformedError, RevertedError, TooLargeError } from './node-errors.ts';
import type { Call, RawResult } from './view.ts';

interface BatchLimits {
  /** Calls in one request. */
  readonly maxCalls: number;
  /** Bytes of calldata in one request. */
  readonly maxBytes: number;
}

/** Round figures well inside what geth, reth, Nethermind and the public gateways take. */
const WITH_CONTRACT: BatchLimits = { maxCalls: 500, maxBytes: 100_000 };
/**
 * EIP-3860 allows 49,152 bytes of init code, and Multicall3 itself takes 5,600 of them. What comes back counts as code,
 * of which EIP-170 allows 24,576 bytes: 160 for an answer of one word, the rest for lists.
 */
const DEPLOYLESS: BatchLimits = { maxCalls: 100, maxBytes: 36_000 };
/** Calls of one contract that are asked again together, see findStarved. */
const SECOND_TRY_CALLS = 32;
/** Refusals of size in one refresh before the node is given up on: halving 500 down to one call takes nine. */
const MAX_REFUSALS = 64;
/** eth_getBalance requests under way at a time, on networks without Multicall3. */
const BALANCES_AT_A_TIME = 8;

type ViewCall = Call & { readonly data: Hex };
type RunChunk = (chunk: readonly ViewCall[]) => Promise<readonly RawResult[]>;

interface Batcher {
  /** Results in the order of the calls. @throws AppError of the client, bad-network-file; MissingMulticall3 */
  readBatch(calls: readonly Call[]): Promise<readonly RawResult[]>;
}

/** All calls of one batcher are made at `block`, and what it learns about the sizes a node takes, it keeps. */
export function createBatcher(
  client: EthereumClient,
  block: bigint,
  multicall3: EvmAddress | null,
  limits: BatchLimits = multicall3 === null ? DEPLOYLESS : WITH_CONTRACT,
): Batcher {
  const runChunk =
    multicall3 === null ? runDeployless(client, block) : runAggregate(client, block, multicall3);
  const sizes = createSizes(limits.maxCalls);

  async function runAll(calls: readonly ViewCall[], maxCalls: number): Promise<RawResult[]> {
    const results: RawResult[] = [];
    while (results.length < calls.length) {
      const chunk = takeChunk(calls, results.length, Math.min(sizes.next(), maxCalls), limits.maxBytes);
      try {
        results.push(...(await runChunk(chunk)));
        sizes.accepted();
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        sizes.refused(chunk.length, error);
        if (chunk.length === 1) results.push({ kind: 'unanswered', detail: error.detail ?? error.message });
      }
    }
    return results;
  }

  async function readViews(calls: readonly ViewCall[]): Promise<RawResult[]> {
    const results = await runAll(calls, Infinity);
    for (const indices of findStarved(calls, results)) {
      const again = await runAll(
        indices.flatMap((index) => calls[index] ?? []),
        SECOND_TRY_CALLS,
      );
      indices.forEach((index, place) => {
        const result = again[place];
        if (result !== undefined) results[index] = result;
      });
    }
    return results;
  }

  return {
    async readBatch(calls) {
      const views = calls.filter(isViewCall);
      const natives = calls.filter((call) => !isViewCall(call));
      const answers = new Map<Call, RawResult>();
      const viewResults = await readViews(views);
      views.forEach((call, index) => answers.set(call, viewResults[index] ?? missing(call)));
      for (let from = 0; from < natives.length; from += BALANCES_AT_A_TIME) {
        const group = natives.slice(from, from + BALANCES_AT_A_TIME);
        const balances = await Promise.all(group.map(({ address }) => client.readBalance(address, block)));
        group.forEach((call, index) => {
          const balance = balances[index];
          if (balance === undefined) return;
          answers.set(call, { kind: 'returned', data: padHex(numberToHex(balance), { size: 32 }) });
        });
      }
      return calls.map((call) => answers.get(call) ?? missing(call));
    },
  };
}

/**
 * Calls that may have got no gas because others of their request used it up: with allowFailure that looks like a
 * revert without a reason. By contract, so that one that burns all it gets starves only itself when asked again.
 */
function findStarved(calls: readonly ViewCall[], results: readonly RawResult[]): Iterable<number[]> {
  const groups = new Map<string, number[]>();
  results.forEach((result, index) => {
    const address = calls[index]?.address;
    // The first call of all had nobody before it.
    if (address === undefined || index === 0 || result.kind !== 'reverted' || result.data !== '0x') return;
    if (calls[index]?.isGuess === true) return;
    groups.set(address, [...(groups.get(address) ?? []), index]);
  });
  return groups.values();
}

/** How many calls to send at a time: halved when refused, doubled again while no refused size is reached. */
function createSizes(max: number) {
  let size = max;
  let tooLarge = Infinity;
  let refusals = 0;
  return {
    next: () => size,
    accepted: () => {
      if (size * 2 < tooLarge) size = Math.min(size * 2, max);
    },
    refused: (length: number, error: TooLargeError) => {
      if (++refusals > MAX_REFUSALS) throw error;
      // Refused alone, it is that one call, and says nothing about how many others may travel together.
      tooLarge = length === 1 ? Infinity : length;
      size = Math.max(1, Math.floor(length / 2));
    },
  };
}

function takeChunk(calls: readonly ViewCall[], from: number, maxCalls: number, maxBytes: number): ViewCall[] {
  const chunk: ViewCall[] = [];
  let bytes = 0;
  for (let index = from; index < calls.length && chunk.length < maxCalls; index++) {
    const call = calls[index];
    if (call === undefined) break;
    bytes += encodedBytes(call.data);
    if (bytes > maxBytes && chunk.length > 0) break;
    chunk.push(call);
  }
  return chunk;
}

/** What a call takes in the arguments of aggregate3: five words, and its data in whole words. */
function encodedBytes(data: Hex): number {
  return 160 + Math.ceil((data.length - 2) / 64) * 32;
}

function runAggregate(client: EthereumClient, block: bigint, multicall3: EvmAddress): RunChunk {
  return async (chunk) => {
    const calls = chunk.map(({ address, data }) => ({ target: address, allowFailure: true, callData: data }));
    const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args: [calls] });
    let returned: Hex;
    try {
      returned = await client.call(multicall3, data, block);
    } catch (error) {
      // It lets every call fail on its own, so it never reverts itself.
      if (error instanceof RevertedError) throw notMulticall3(multicall3, 'it reverts');
      throw error;
    }
    // An address without code "succeeds" with nothing.
    if (returned === '0x') throw new MissingMulticall3(multicall3);
    let results;
    try {
      results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data: returned });
    } catch {
      throw malformedError(client.endpoint, 'eth_call: the answer of Multicall3 does not decode');
    }
    if (results.length !== chunk.length) {
      throw malformedError(client.endpoint, `eth_call: ${results.length} results for ${chunk.length} calls`);
    }
    return results.map(({ success, returnData }) => ({
      kind: success ? 'returned' : 'reverted',
      data: returnData,
    }));
  };
}

/** Nothing answers where Multicall3 should be. What was to be read can still be, with a batcher that needs none. */
export class MissingMulticall3 extends AppError {
  constructor(address: EvmAddress) {
    super('bad-network-file', 'There is no Multicall3 where the network file says.', { detail: address });
  }
}

function notMulticall3(address: EvmAddress, why: string): AppError {
  return new AppError('bad-network-file', `The network file’s Multicall3 is not one: ${why}.`, {
    detail: address,
    help: 'Correct its address, or leave it out: Ballast then sends its own along.',
  });
}

/** viem sends Multicall3's code along. Its scheduler puts all calls of a chunk into one request. */
function runDeployless(client: EthereumClient, block: bigint): RunChunk {
  const viem = createClient({
    transport: custom(
      {
        request: ({ method, params }: { method: string; params?: unknown }) =>
          client.request(method, Array.isArray(params) ? params : []),
      },
      { retryCount: 0 },
    ),
    batch: { multicall: { deployless: true, batchSize: Number.MAX_SAFE_INTEGER } },
    // Following an off-chain lookup would contact a server the user never allowed.
    ccipRead: false,
  });
  return async (chunk) => {
    const settled = await Promise.allSettled(
      chunk.map(({ address, data }) => callOnce(viem, { to: address, data, blockNumber: block })),
    );
    return settled.map((one): RawResult => {
      if (one.status === 'fulfilled') return { kind: 'returned', data: one.value.data ?? '0x' };
      return { kind: 'reverted', data: revertDataOf(one.reason, client.endpoint) };
    });
  };
}

/** The data one call reverted with. Anything else that was thrown concerns the whole request, and is thrown on. */
function revertDataOf(thrown: unknown, endpoint: string): Hex {
  const links = thrown instanceof BaseError ? thrown : null;
  const own = links?.walk((link) => link instanceof AppError);
  if (own instanceof AppError) throw own;
  const raw = links?.walk((link) => link instanceof RawContractError);
  if (!(raw instanceof RawContractError))
    throw malformedError(endpoint, 'eth_call: the answer does not decode');
  return typeof raw.data === 'string' ? raw.data : (raw.data?.data ?? '0x');
}

function isViewCall(call: Call): call is ViewCall {
  return call.data !== null;
}

function missing(call: Call): RawResult {
  return { kind: 'unanswered', detail: `${call.call}: no result` };
}
