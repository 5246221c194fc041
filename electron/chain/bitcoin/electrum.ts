/**
 * An Electrum server (https://electrumx.readthedocs.io, protocol 1.4). What it says is checked for its form, and
 * transactions against their ids; whether the chain it tells of is Bitcoin's, block-header.ts and merkle.ts find out.
 */
import type { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { HEADER_BYTES, readHeader } from './block-header.ts';
import { GENESIS_HASHES } from './chain-parameters.ts';
import {
  featuresSchema,
  headerSchema,
  headersSchema,
  historySchema,
  proofSchema,
  statusNoteSchema,
  statusSchema,
  tipNoteSchema,
  tipSchema,
  transactionSchema,
  versionSchema,
} from './server-answers.ts';
import { openElectrumRpc, type ElectrumRpc, type RpcCall } from './electrum-rpc.ts';
import { createCertificateCheck, type CertificateCheck } from './open-socket.ts';
import { checkForm, checkId } from './parse-answer.ts';
import type { BitcoinServer, ChainTip, ConnectOptions } from './server.ts';
import { malformedError, wrongChainError } from './server-errors.ts';
import { parseServerUrl, readElectrumUrl } from './server-url.ts';

/** What the server tells unasked, of the chain and of scripts whose statuses were asked for. */
export type ServerNote =
  | { readonly kind: 'tip'; readonly tip: ChainTip }
  | { readonly kind: 'status'; readonly scriptHash: string; readonly status: string | null };

export interface ElectrumOptions extends ConnectOptions {
  /** So long may the server be silent while something is asked. Default 20,000 ms. */
  readonly timeoutMs?: number;
  readonly onChange?: (note: ServerNote) => void;
  /** Called once after it was connected, however the connection ends. */
  readonly onEnd?: (reason: AppError) => void;
}

const BATCH = 100;
/** Answers to these are larger: a batch of them must fit into a line. */
const HISTORY_BATCH = 25;
const TRANSACTION_BATCH = 10;
const HEADERS_BATCH = 4;
/** Headers of one period of the difficulty: what servers give at once. */
const HEADERS_AT_ONCE = 2016;

/** @throws AppError bad-url, node-*, wrong-chain, certificate-changed, cancelled */
export async function connectElectrum(options: ElectrumOptions): Promise<BitcoinServer> {
  const { endpoint, kind } = parseServerUrl(options.url);
  if (kind !== 'electrum') throw new AppError('bad-url', 'That is not the address of an Electrum server.');
  const checkCertificate = createCertificateCheck(endpoint, options);
  try {
    return await greet(endpoint, options, checkCertificate, true);
  } catch (thrown) {
    if (!(thrown instanceof BatchRefused)) throw thrown;
    return greet(endpoint, options, checkCertificate, false);
  }
}

/** The server hung up on its first batch: older servers of Blockstream do. */
class BatchRefused extends Error {}

async function greet(
  endpoint: string,
  { url, network, signal, proxy, timeoutMs = 20_000, onChange, onEnd }: ElectrumOptions,
  checkCertificate: CertificateCheck,
  isBatching: boolean,
): Promise<BitcoinServer> {
  let isGreeted = false;
  const rpc = await openElectrumRpc(
    { ...readElectrumUrl(url), endpoint },
    {
      proxy,
      signal,
      timeoutMs,
      checkCertificate,
      isBatching,
      onNotification(method, params) {
        if (onChange) tell(endpoint, onChange, method, params);
      },
      onEnd(reason) {
        if (isGreeted) onEnd?.(reason);
      },
    },
  );
  const server = serve(endpoint, rpc);
  try {
    const version = await rpc.ask({ method: 'server.version', params: ['Ballast', '1.4'] });
    checkForm(endpoint, 'server.version', versionSchema, version);
    if (isBatching) await tryBatch(rpc);
    await checkChain(endpoint, rpc, server, network);
    isGreeted = true;
    return server;
  } catch (thrown) {
    rpc.close();
    throw thrown;
  }
}

/** Two questions whose answers do not matter. */
async function tryBatch(rpc: ElectrumRpc): Promise<void> {
  const call: RpcCall = { method: 'server.ping', params: [] };
  try {
    await rpc.askAll([call, call], 2);
  } catch (thrown) {
    const code = thrown instanceof AppError ? thrown.code : null;
    if (code === 'node-unreachable' || code === 'node-timeout') throw new BatchRefused();
    if (code !== 'node-refused') throw thrown;
  }
}

/** @throws AppError wrong-chain */
async function checkChain(
  endpoint: string,
  rpc: ElectrumRpc,
  server: BitcoinServer,
  network: BitcoinNetwork,
): Promise<void> {
  const genesis = await readGenesis(endpoint, rpc, server);
  const expected: readonly string[] = GENESIS_HASHES[network];
  if (!expected.includes(genesis)) throw wrongChainError(endpoint, network, genesis);
}

/** Not every server tells its features; the first header says the same. */
async function readGenesis(endpoint: string, rpc: ElectrumRpc, server: BitcoinServer): Promise<string> {
  try {
    const features = await rpc.ask({ method: 'server.features', params: [] });
    return checkForm(endpoint, 'server.features', featuresSchema, features).genesis_hash;
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'node-refused')) throw thrown;
  }
  const [header = new Uint8Array()] = await server.getHeadersAt([0]);
  return readHeader(header).hash;
}

/** @throws AppError node-malformed */
function tell(endpoint: string, onChange: (note: ServerNote) => void, method: string, params: unknown): void {
  if (method === 'blockchain.headers.subscribe') {
    const [tip] = checkForm(endpoint, method, tipNoteSchema, params);
    onChange({ kind: 'tip', tip });
  } else if (method === 'blockchain.scripthash.subscribe') {
    const [scriptHash, status] = checkForm(endpoint, method, statusNoteSchema, params);
    onChange({ kind: 'status', scriptHash, status });
  }
}

function serve(endpoint: string, rpc: ElectrumRpc): BitcoinServer {
  async function askEach<T>(
    method: string,
    schema: z.ZodType<T>,
    batchSize: number,
    paramsOfEach: readonly (readonly unknown[])[],
  ): Promise<T[]> {
    const calls = paramsOfEach.map((params) => ({ method, params }));
    return (await rpc.askAll(calls, batchSize)).map((result) => checkForm(endpoint, method, schema, result));
  }

  async function readHeaders(ranges: readonly HeaderRange[]): Promise<HeaderPage[]> {
    const method = 'blockchain.block.headers';
    const params = ranges.map(({ start, count }) => [start, count]);
    const answers = await askEach(method, headersSchema, HEADERS_BATCH, params);
    return answers.map(({ count, hex, max }, index) => {
      const headers = Buffer.from(hex, 'hex');
      const isWhole = headers.length === count * HEADER_BYTES && hex.length === headers.length * 2;
      if (!isWhole || count > (ranges[index]?.count ?? 0)) {
        throw malformedError(endpoint, `${method}: not the number of headers it says`);
      }
      return { headers, count, max };
    });
  }

  return {
    kind: 'electrum',
    endpoint,
    hasHeaderChain: true,
    async getTip() {
      const method = 'blockchain.headers.subscribe';
      return checkForm(endpoint, method, tipSchema, await rpc.ask({ method, params: [] }));
    },
    getStatuses: (scriptHashes) =>
      askEach('blockchain.scripthash.subscribe', statusSchema, BATCH, eachAlone(scriptHashes)),
    getHistories: (scriptHashes) =>
      askEach('blockchain.scripthash.get_history', historySchema, HISTORY_BATCH, eachAlone(scriptHashes)),
    async getTransactions(txids) {
      const method = 'blockchain.transaction.get';
      const raws = await askEach(method, transactionSchema, TRANSACTION_BATCH, eachAlone(txids));
      raws.forEach((raw, index) => checkId(endpoint, txids[index] ?? '', raw));
      return raws;
    },
    async getProofs(places) {
      const method = 'blockchain.transaction.get_merkle';
      const params = places.map(({ txid, height }) => [txid, height]);
      const proofs = await askEach(method, proofSchema, BATCH, params);
      return proofs.map(({ height, position, siblings }, index) => {
        if (height === places[index]?.height) return { position, siblings };
        throw malformedError(endpoint, `${method}: a proof is about another block`);
      });
    },
    async getHeaders(start, count) {
      if (count <= 0) return new Uint8Array();
      const atOnce = Math.min(count, HEADERS_AT_ONCE);
      const [first] = await readHeaders([{ start, count: atOnce }]);
      if (first === undefined) return new Uint8Array();
      // A short page is the last one, unless the server gives no more than that at once.
      const size = Math.min(atOnce, Math.max(first.max, first.count));
      const isTip = first.count < size;
      const rest = isTip ? [] : await readHeaders(splitRange(start + size, start + count, size));
      return joinPages(endpoint, size, [first, ...rest]);
    },
    getHeadersAt: (heights) => askEach('blockchain.block.header', headerSchema, BATCH, eachAlone(heights)),
    close: () => rpc.close(),
  };
}

interface HeaderRange {
  readonly start: number;
  readonly count: number;
}

interface HeaderPage {
  readonly headers: Uint8Array;
  readonly count: number;
  readonly max: number;
}

function eachAlone<T>(items: readonly T[]): [T][] {
  return items.map((item) => [item]);
}

function splitRange(from: number, to: number, size: number): HeaderRange[] {
  return Array.from({ length: Math.ceil(Math.max(0, to - from) / size) }, (_, page) => {
    const start = from + page * size;
    return { start, count: Math.min(size, to - start) };
  });
}

/** @throws AppError node-malformed where pages leave a gap */
function joinPages(endpoint: string, size: number, pages: readonly HeaderPage[]): Uint8Array {
  const last = pages.findIndex(({ count }) => count < size);
  if (last !== -1 && pages.slice(last + 1).some(({ count }) => count > 0)) {
    throw malformedError(endpoint, 'blockchain.block.headers: some headers were left out');
  }
  return Buffer.concat(pages.map(({ headers }) => headers));
}
