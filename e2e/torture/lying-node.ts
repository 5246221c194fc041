/**
 * A node that answers like a real one, with some of its answers spoiled. What it really says comes from a node behind
 * it and, as long as it is honest, is asked once; lies are drawn anew for every question, so that readers get as deep as an honest answer leads.
 */
import { decodeFunctionData, encodeFunctionResult, multicall3Abi, type Hex } from 'viem';
import type { Random } from '../bench/random.ts';

export interface LyingNode {
  /** Takes the place of the network's `fetch`. */
  readonly fetchFn: typeof fetch;
  /** From now on one answer in `oneIn` is a lie. */
  setLies(random: Random, oneIn: number): void;
  /** Lies told so far, by the contract's address. */
  readonly lies: ReadonlyMap<string, number>;
  /** The last answer of this refresh to each call, `address data`: null where it was a revert. */
  readonly answers: ReadonlyMap<string, Hex | null>;
}

interface Result {
  readonly success: boolean;
  readonly returnData: Hex;
}

export function createLyingNode(url: string, multicall3: string): LyingNode {
  const known = new Map<string, unknown>();
  const lies = new Map<string, number>();
  const answers = new Map<string, Hex | null>();
  let random: Random | null = null;
  let oneIn = Infinity;

  async function forward(method: string, params: readonly unknown[]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const found = known.get(body);
    if (found !== undefined) return found;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body });
    // as: a test node of ours. A call that reverts has no result.
    const { result = null } = (await response.json()) as { readonly result?: unknown };
    // What only lies lead to is not asked again.
    if (oneIn === Infinity) known.set(body, result);
    return result;
  }

  async function askHonestly(call: { target: string; callData: Hex }, block: unknown): Promise<Result> {
    const result = await forward('eth_call', [{ to: call.target, data: call.callData }, block]);
    return typeof result === 'string'
      ? { success: true, returnData: result as Hex }
      : { success: false, returnData: '0x' };
  }

  async function aggregate(data: Hex, block: unknown): Promise<Hex> {
    const decoded = decodeFunctionData({ abi: multicall3Abi, data });
    if (decoded.functionName !== 'aggregate3') throw new Error(`${decoded.functionName} is not aggregate3`);
    const [calls] = decoded.args;
    const honest = await Promise.all(calls.map((call) => askHonestly(call, block)));
    const told = honest.map((result, index) => {
      const target = calls[index]?.target.toLowerCase() ?? '';
      if (random === null || random.below(oneIn) !== 0) return result;
      lies.set(target, (lies.get(target) ?? 0) + 1);
      return lie(random, result, honest);
    });
    told.forEach(({ success, returnData }, index) => {
      const call = calls[index];
      if (call === undefined) return;
      answers.set(`${call.target} ${call.callData}`.toLowerCase(), success ? returnData : null);
    });
    return encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result: told });
  }

  async function answer(method: string, params: readonly unknown[]): Promise<unknown> {
    const [call, block] = params as [{ to?: string; data?: Hex } | undefined, unknown];
    if (method === 'eth_call' && call?.to?.toLowerCase() === multicall3.toLowerCase() && call.data) {
      return aggregate(call.data, block);
    }
    return forward(method, params);
  }

  return {
    lies,
    answers,
    setLies(next, rate) {
      random = next;
      oneIn = rate;
      answers.clear();
    },
    fetchFn: async (_input, init) => {
      if (typeof init?.body !== 'string') throw new Error('a request without a body');
      // as: what the client sends, whose form its own tests check.
      const request = JSON.parse(init.body) as { id: number; method: string; params: unknown[] };
      const result = await answer(request.method, request.params);
      return Response.json({ jsonrpc: '2.0', id: request.id, result });
    },
  };
}

/** Words that decoders take for offsets, lengths, flags, addresses and amounts. */
const WORDS: readonly bigint[] = [
  0n,
  1n,
  2n,
  32n,
  64n,
  256n,
  2n ** 32n,
  2n ** 64n - 1n,
  2n ** 127n,
  2n ** 128n,
  10n ** 18n,
  10n ** 36n,
  2n ** 255n,
  2n ** 256n - 1n,
];

/** `Error(string)` with markup, an override of the direction of writing, and a line break. */
const FOUL_REASON: Hex = `0x08c379a0${word(32n)}${word(30n)}${Buffer.from(
  '<b>\u202eevil</b>\n\u0000<script>a',
  'utf8',
)
  .toString('hex')
  .padEnd(64, '0')}`;

function lie(random: Random, { returnData }: Result, others: readonly Result[]): Result {
  const bytes = (returnData.length - 2) / 2;
  const words = Math.floor(bytes / 32);
  const told = (data: string): Result => ({ success: true, returnData: `0x${data}` });
  const hex = returnData.slice(2);
  switch (random.below(9)) {
    case 0:
      return { success: false, returnData: random.below(2) === 0 ? '0x' : FOUL_REASON };
    case 1:
      return told('');
    case 2:
      return told(hex.slice(0, 2 * random.below(bytes + 1)));
    case 3:
      return told(hex + word(pick(random, WORDS)).repeat(1 + random.below(4)));
    case 4: {
      const bit = random.below(Math.max(1, bytes * 8));
      const raw = Buffer.from(hex, 'hex');
      const at = Math.floor(bit / 8);
      if (at < raw.length) raw[at] = (raw[at] ?? 0) ^ (1 << (bit % 8));
      return told(raw.toString('hex'));
    }
    case 5:
      return others[random.below(others.length)] ?? told('');
    case 6:
      return told(Array.from({ length: random.below(40) }, () => word(pick(random, WORDS))).join(''));
    default: {
      const at = 64 * random.below(Math.max(1, words));
      return told(hex.slice(0, at) + word(pick(random, WORDS)) + hex.slice(at + 64));
    }
  }
}

function pick<T>(random: Random, list: readonly T[]): T {
  // The lists are not empty.
  return list[random.below(list.length)] as T;
}

function word(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}
