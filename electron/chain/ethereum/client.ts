/**
 * One node, asked over JSON-RPC: a thin layer over viem's HTTP transport that bounds time, size and retries, checks
 * the form of each answer, and turns every failure into an AppError without secrets.
 */
import { createClient, http, numberToHex } from 'viem';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Block } from '../../../shared/domain/source.ts';
import type { Network } from '../../../shared/domain/network.ts';
import { cancelledError, describeNodeError, malformedError, SlowDownError } from './node-errors.ts';
import { createScrubber, parseRpcUrl } from './rpc-url.ts';

/** Bounds of the connection. All have defaults; tests shorten them. */
export interface TransportOptions {
  /** One request, its body included. Default 15,000 ms. */
  readonly timeoutMs?: number;
  /** How often one request is sent while the node asks to slow down. Default 3. */
  readonly maxTries?: number;
  /** How long all waits of one request may take together. Default 20,000 ms. */
  readonly maxWaitMs?: number;
  /** A longer answer is cut off: a hostile node cannot fill the memory. Default 32 MiB. */
  readonly maxBodyBytes?: number;
  readonly fetchFn?: typeof fetch;
}

export interface EthereumClient {
  /** Host and port: all of the URL that may be shown. */
  readonly endpoint: string;
  /**
   * Sends one request and gives its result unchecked.
   * @throws AppError node-*, cancelled; TooLargeError where a smaller request may pass
   */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  readChainId(): Promise<number>;
  /** The newest block, or the one of that number; null where the node has none of that number. */
  readBlock(number?: bigint): Promise<Block | null>;
  readBalance(address: string, block: bigint): Promise<bigint>;
  /** Raw eth_call at that block: the bytes returned. */
  call(to: string, data: string, block: bigint): Promise<`0x${string}`>;
}

interface ClientInput {
  readonly rpcUrl: string;
  readonly signal: AbortSignal;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly transportOptions?: TransportOptions | undefined;
}

const hexBytesSchema = z.templateLiteral(['0x', z.string().regex(/^(?:[0-9a-f]{2})*$/iu)]);
const quantitySchema = z
  .string()
  .regex(/^0x[0-9a-f]{1,64}$/iu)
  .transform(BigInt);
const smallQuantitySchema = quantitySchema
  .refine((value) => value <= BigInt(Number.MAX_SAFE_INTEGER))
  .transform(Number);
const blockSchema = z
  .object({
    number: quantitySchema,
    hash: z.string().regex(/^0x[0-9a-f]{64}$/iu),
    timestamp: smallQuantitySchema,
  })
  .transform(({ number, hash, timestamp }): Block => ({ number, hash, time: timestamp }));

/** @throws AppError bad-url */
export function createEthereumClient({
  rpcUrl,
  signal,
  now,
  transportOptions = {},
}: ClientInput): EthereumClient {
  const {
    timeoutMs = 15_000,
    maxTries = 3,
    maxWaitMs = 20_000,
    maxBodyBytes = 32 * 2 ** 20,
  } = transportOptions;
  const parsed = parseRpcUrl(rpcUrl);
  const { endpoint } = parsed;
  const scrub = createScrubber(parsed);
  const transport = http(parsed.url, {
    retryCount: 0,
    timeout: timeoutMs,
    maxResponseBodySize: maxBodyBytes,
    // The user allowed this host, not the one it may point to.
    fetchOptions: { redirect: 'error' },
    ...(transportOptions.fetchFn === undefined ? {} : { fetchFn: transportOptions.fetchFn }),
  });
  const viem = createClient({ transport });

  async function send(method: string, params: readonly unknown[]): Promise<unknown> {
    if (signal.aborted) throw cancelledError();
    try {
      // viem types each method's parameters; here they are checked by the callers, and the results by zod.
      return await viem.request({ method, params } as never, { signal, retryCount: 0 });
    } catch (error) {
      if (isAborted(signal)) throw cancelledError();
      throw describeNodeError(error, { endpoint, method, timeoutMs, scrub, now });
    }
  }

  async function request(method: string, params: readonly unknown[]): Promise<unknown> {
    let waited = 0;
    for (let tries = 1; ; tries++) {
      try {
        return await send(method, params);
      } catch (error) {
        if (!(error instanceof SlowDownError) || tries >= maxTries) throw error;
        const wait = error.retryAfterMs ?? 1000 * 2 ** (tries - 1);
        // Waiting less than the node asks for would only be refused again.
        if (waited + wait > maxWaitMs) throw error;
        waited += wait;
        await waitFor(wait, signal);
      }
    }
  }

  async function read<T>(schema: z.ZodType<T>, method: string, params: readonly unknown[]): Promise<T> {
    const parsedResult = schema.safeParse(await request(method, params));
    if (parsedResult.success) return parsedResult.data;
    const [issue] = parsedResult.error.issues;
    throw malformedError(endpoint, `${method}: ${issue?.path.join('.') ?? ''} has an unexpected form`);
  }

  return {
    endpoint,
    request,
    readChainId: () => read(smallQuantitySchema, 'eth_chainId', []),
    async readBlock(number) {
      const tag = number === undefined ? 'latest' : numberToHex(number);
      const block = await read(blockSchema.nullable(), 'eth_getBlockByNumber', [tag, false]);
      if (block !== null && number !== undefined && block.number !== number) {
        throw malformedError(endpoint, 'eth_getBlockByNumber: the answer is about another block');
      }
      return block;
    },
    readBalance: (address, block) => read(quantitySchema, 'eth_getBalance', [address, numberToHex(block)]),
    call: (to, data, block) => read(hexBytesSchema, 'eth_call', [{ to, data }, numberToHex(block)]),
  };
}

/** Asks the node which chain it is on. @throws AppError wrong-chain, saying both ids */
export async function checkChain(client: EthereumClient, network: Network): Promise<number> {
  const chainId = await client.readChainId();
  if (chainId === network.chainId) return chainId;
  throw new AppError(
    'wrong-chain',
    `${client.endpoint} is on chain ${chainId}, but ${network.name} is chain ${network.chainId}.`,
    { help: 'Set a node of this network, or choose the network this node belongs to.' },
  );
}

/** The newest block. @throws AppError node-malformed where the node has none */
export async function readLatestBlock(client: EthereumClient): Promise<Block> {
  const block = await client.readBlock();
  if (block === null) throw malformedError(client.endpoint, 'eth_getBlockByNumber: there is no latest block');
  return block;
}

/** Whether it was aborted meanwhile: a function, so that the compiler does not remember an earlier answer. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(cancelledError());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
