/**
 * An Esplora server (https://github.com/Blockstream/esplora/blob/master/API.md). What it says is checked for its form,
 * transactions against their ids and headers against their hashes; the rest is for block-header.ts and merkle.ts.
 */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { readHeader, writeHash } from './block-header.ts';
import { GENESIS_HASHES } from './chain-parameters.ts';
import { createServerHttp, type ServerHttp } from './server-http.ts';
import { createLimiter, mapLimited } from './limit.ts';
import { createCertificateCheck } from './open-socket.ts';
import { checkForm, checkId, parseJson } from './parse-answer.ts';
import {
  hashSchema,
  headerSchema,
  heightSchema,
  isWithoutRepeat,
  MOST_HISTORY,
  proofSchema,
  transactionSchema,
} from './server-answers.ts';
import type { BitcoinServer, ConnectOptions, HistoryEntry } from './server.ts';
import { malformedError, untrueError, wrongChainError } from './server-errors.ts';
import { parseServerUrl } from './server-url.ts';

export interface EsploraOptions extends ConnectOptions {
  /** So long may the server be silent while something is asked. Default 20,000 ms. */
  readonly timeoutMs?: number;
  /** Unix milliseconds, for a Retry-After given as a date. Default Date.now. */
  readonly now?: () => number;
}

const countSchema = z.number().int().min(0);
/** Satoshi of all that ever passed through: may be more than a number holds exactly, and is only compared. */
const sumSchema = z.number().min(0);
const statsSchema = z.object({
  tx_count: countSchema,
  funded_txo_count: countSchema,
  funded_txo_sum: sumSchema,
  spent_txo_count: countSchema,
  spent_txo_sum: sumSchema,
});
const scriptSchema = z.object({ chain_stats: statsSchema, mempool_stats: statsSchema });
type Stats = z.infer<typeof statsSchema>;
type ScriptStats = z.infer<typeof scriptSchema>;

const pageSchema = z
  .array(
    z.object({
      txid: hashSchema,
      status: z.union([
        z.object({ confirmed: z.literal(true), block_height: heightSchema }),
        z.object({ confirmed: z.literal(false) }).transform(() => ({ block_height: 0 })),
      ]),
    }),
  )
  .transform((page) => page.map(({ txid, status }) => ({ txid, height: status.block_height })));

const heightTextSchema = z
  .string()
  .regex(/^\d{1,8}$/u)
  .transform(Number)
  .pipe(heightSchema);

/** Blocks come in and transactions are replaced between two questions: so often a list is read again. */
const MOST_READINGS = 3;
/** Lists of questions are worked off so wide; the requests themselves are bounded below this. */
const WIDTH = 8;

/**
 * The statuses it gives are made of counts and sums: unlike Electrum's they stay the same where a transaction only moves
 * to another block, or is replaced by one that moves as much.
 * @throws AppError bad-url, node-*, wrong-chain, certificate-changed, cancelled
 */
export async function connectEsplora(options: EsploraOptions): Promise<BitcoinServer> {
  const { url, endpoint, kind } = parseServerUrl(options.url);
  if (kind !== 'esplora') throw new AppError('bad-url', 'That is not the address of an Esplora server.');
  const { network, proxy, signal, timeoutMs = 20_000, now = Date.now } = options;
  const checkCertificate = createCertificateCheck(endpoint, options);
  const http = createServerHttp({ endpoint, url, proxy, signal, timeoutMs, checkCertificate, now });
  try {
    const genesis = await readText(endpoint, http, '/block-height/0', hashSchema);
    const expected: readonly string[] = GENESIS_HASHES[network];
    if (!expected.includes(genesis)) throw wrongChainError(endpoint, network, genesis);
  } catch (thrown) {
    http.close();
    throw thrown;
  }
  return serve(endpoint, http);
}

function serve(endpoint: string, http: ServerHttp): BitcoinServer {
  const limit = createLimiter(WIDTH);

  async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return checkForm(endpoint, nameOf(path), schema, parseJson(endpoint, await http.get(path)));
  }

  async function readHeaderAt(height: number): Promise<Uint8Array> {
    const hash = await readText(endpoint, http, `/block-height/${height}`, hashSchema);
    const header = await readText(endpoint, http, `/block/${hash}/header`, headerSchema);
    if (readHeader(header).hash === hash) return header;
    throw untrueError(`${endpoint} sent the header of another block than the one asked for.`);
  }

  function readStats(scriptHash: string): Promise<ScriptStats> {
    return readJson(`/scripthash/${unreversed(scriptHash)}`, scriptSchema);
  }

  async function readHistory(scriptHash: string): Promise<readonly HistoryEntry[]> {
    for (let readings = 0; readings < MOST_READINGS; readings++) {
      const { chain_stats, mempool_stats } = await readStats(scriptHash);
      const total = chain_stats.tx_count + mempool_stats.tx_count;
      if (total === 0) return [];
      if (total > MOST_HISTORY) throw malformedError(endpoint, '/scripthash: too many transactions');
      const listed = await listTransactions(scriptHash, chain_stats.tx_count);
      const confirmed = listed.filter(isConfirmed).length;
      const isWhole = confirmed === chain_stats.tx_count && listed.length === total;
      if (isWhole && isWithoutRepeat(listed)) return listed;
    }
    // Esplora lists no more than 50 transactions that wait for a block.
    throw malformedError(endpoint, '/scripthash: it lists other transactions than it counts');
  }

  /** Newest first: those that wait, then page by page those in blocks, until there are as many as expected. */
  async function listTransactions(scriptHash: string, expected: number): Promise<HistoryEntry[]> {
    const path = `/scripthash/${unreversed(scriptHash)}/txs`;
    const listed = await readJson(path, pageSchema);
    let last = listed.findLast(isConfirmed);
    while (last !== undefined && listed.filter(isConfirmed).length < expected) {
      const page = await readJson(`${path}/chain/${last.txid}`, pageSchema);
      listed.push(...page);
      last = page.findLast(isConfirmed);
    }
    return listed;
  }

  return {
    kind: 'esplora',
    endpoint,
    hasHeaderChain: false,
    async getTip() {
      const height = await readText(endpoint, http, '/blocks/tip/height', heightTextSchema);
      return { height, header: await readHeaderAt(height) };
    },
    getStatuses: (scriptHashes) =>
      mapLimited(scriptHashes, limit, async (scriptHash) => writeStatus(await readStats(scriptHash))),
    getHistories: (scriptHashes) => mapLimited(scriptHashes, limit, readHistory),
    getTransactions: (txids) =>
      mapLimited(txids, limit, async (txid) => {
        const raw = await readText(endpoint, http, `/tx/${txid}/hex`, transactionSchema);
        checkId(endpoint, txid, raw);
        return raw;
      }),
    getProofs: (places) =>
      mapLimited(places, limit, async (place) => {
        const path = `/tx/${place.txid}/merkle-proof`;
        const { height, position, siblings } = await readJson(path, proofSchema);
        if (height === place.height) return { position, siblings };
        throw malformedError(endpoint, '/tx: a proof is about another block');
      }),
    getHeaders: async () => {
      throw new Error('An Esplora server has no chain of headers to give.');
    },
    getHeadersAt: (heights) => mapLimited(heights, limit, readHeaderAt),
    close: () => http.close(),
  };
}

async function readText<T>(
  endpoint: string,
  http: ServerHttp,
  path: string,
  schema: z.ZodType<T>,
): Promise<T> {
  return checkForm(endpoint, nameOf(path), schema, (await http.get(path)).toString('latin1').trim());
}

/** The first part of the path: the rest is about the user. */
function nameOf(path: string): string {
  return `/${path.split('/')[1] ?? ''}`;
}

function isConfirmed({ height }: HistoryEntry): boolean {
  return height > 0;
}

/** Esplora does not reverse the bytes of a script's hash; Electrum, whose form is asked with, does. */
function unreversed(scriptHash: string): string {
  return writeHash(Buffer.from(scriptHash, 'hex'));
}

function writeStatus({ chain_stats, mempool_stats }: ScriptStats): string | null {
  if (chain_stats.tx_count + mempool_stats.tx_count === 0) return null;
  return [chain_stats, mempool_stats].map(writeStats).join('|');
}

function writeStats(stats: Stats): string {
  return [
    stats.tx_count,
    stats.funded_txo_count,
    stats.funded_txo_sum,
    stats.spent_txo_count,
    stats.spent_txo_sum,
  ].join(':');
}
