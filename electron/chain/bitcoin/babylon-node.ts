/**
 * A Babylon node's REST interface (babylonlabs-io/babylon, proto/babylon/btcstaking/v1/query.proto and params.proto): the
 * versions of the staking parameters, and the finality providers that registered. Nothing that is asked says anything
 * about the user. What comes is written down as a file of parameters (docs/bitcoin.md), and read like one.
 */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { quoteForeign } from '../../../shared/format/visible-text.ts';
import { toHex } from './bytes.ts';
import { parseBabylonData, type BabylonData } from './load-babylon-data.ts';
import { createCertificateCheck } from './open-socket.ts';
import { checkForm, parseJson } from './parse-answer.ts';
import type { ConnectOptions } from './server.ts';
import { malformedError } from './server-errors.ts';
import { createServerHttp, type ServerHttp } from './server-http.ts';
import { parseServerUrl } from './server-url.ts';

export interface BabylonNodeOptions extends ConnectOptions {
  /** What is in force: the network's tag and known block are its, and names and providers that the node does not have. */
  readonly known: BabylonData;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly timeoutMs?: number;
}

/** Babylon's main network. Test networks are bbn-test-5 and so on. */
const MAINNET_CHAIN = 'bbn-1';
const PAGE = 500;
const MOST_PAGES = 40;
const LONGEST_NAME = 60;

/** Whole numbers: JSON of Cosmos chains writes those of 64 bits as text. */
const digitsSchema = z
  .union([z.number().int().nonnegative(), z.string().regex(/^\d{1,16}$/u)])
  .transform(String);
const countSchema = digitsSchema.transform(Number).pipe(z.number().int().max(0xffff_ffff));
const keySchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/iu)
  .transform((hex) => hex.toLowerCase());
const paginationSchema = z.object({ next_key: z.string().max(1000).nullish() }).nullish();

const nodeInfoSchema = z.object({ default_node_info: z.object({ network: z.string().max(100) }) });

const paramsSchema = z.object({
  version: countSchema,
  params: z.object({
    covenant_pks: z.array(keySchema).min(1).max(100),
    covenant_quorum: countSchema,
    min_staking_value_sat: digitsSchema,
    max_staking_value_sat: digitsSchema,
    min_staking_time_blocks: countSchema,
    max_staking_time_blocks: countSchema,
    min_slashing_tx_fee_sat: digitsSchema,
    slashing_rate: z.string().regex(/^[01]\.\d{1,18}$/u),
    unbonding_time_blocks: countSchema,
    unbonding_fee_sat: digitsSchema,
    btc_activation_height: countSchema,
  }),
});
type Params = z.infer<typeof paramsSchema>;
const paramsPageSchema = z.object({ params: z.array(paramsSchema).max(1000), pagination: paginationSchema });

const providerSchema = z.object({
  btc_pk: keySchema,
  description: z.object({ moniker: z.string().max(10_000).nullish() }).nullish(),
});
type Provider = z.infer<typeof providerSchema>;
const providersPageSchema = z.object({
  finality_providers: z.array(providerSchema).max(10_000),
  pagination: paginationSchema,
});

/** @throws AppError bad-url: a Babylon node is asked over http(s) */
export function parseBabylonUrl(text: string): { readonly url: string; readonly endpoint: string } {
  const { url, endpoint, kind } = parseServerUrl(text);
  if (kind === 'esplora') return { url, endpoint };
  throw new AppError('bad-url', 'The address of a Babylon node begins with https:// or http://.', {
    help: 'Enter that of its REST interface (LCD), often port 1317.',
  });
}

/**
 * The list the node gives, as the text of a file. Finality providers that are known and that it does not have stay in it:
 * stakes with them do not stop being stakes.
 * @throws AppError bad-url, wrong-chain, node-*, certificate-changed, cancelled
 */
export async function readBabylonNode(options: BabylonNodeOptions): Promise<string> {
  const { network, known, proxy, signal, now, timeoutMs = 20_000 } = options;
  const { url, endpoint } = parseBabylonUrl(options.url);
  const checkCertificate = createCertificateCheck(endpoint, options);
  const http = createServerHttp({ endpoint, url, proxy, signal, timeoutMs, checkCertificate, now });
  const ask = createQuestions(endpoint, http);
  try {
    await checkChain(endpoint, ask, network);
    const [versions, providers] = await Promise.all([
      askPages(endpoint, ask, 'params_versions', paramsPageSchema, ({ params }) => params),
      askPages(endpoint, ask, 'finality_providers', providersPageSchema, (page) => page.finality_providers),
    ]);
    const text = writeFile(endpoint, { network, known, versions, providers, readAt: now() });
    // Its limits are those of every file.
    parseBabylonData(text, network);
    return text;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'bad-babylon-file') {
      throw malformedError(endpoint, thrown.detail ?? thrown.message);
    }
    throw thrown;
  } finally {
    http.close();
  }
}

type Ask = <T>(path: string, schema: z.ZodType<T>) => Promise<T>;

function createQuestions(endpoint: string, http: ServerHttp): Ask {
  return async (path, schema) => {
    const [what = ''] = path.split('?');
    return checkForm(endpoint, what, schema, parseJson(endpoint, await http.get(path)));
  };
}

/** @throws AppError wrong-chain */
async function checkChain(endpoint: string, ask: Ask, network: BitcoinNetwork): Promise<void> {
  const info = await ask('/cosmos/base/tendermint/v1beta1/node_info', nodeInfoSchema);
  const chain = info.default_node_info.network;
  if ((chain === MAINNET_CHAIN) === (network === 'mainnet')) return;
  throw new AppError('wrong-chain', `${endpoint} is a node of another Babylon network.`, {
    detail: `It says ${quoteForeign(chain, 40)}; Bitcoin ${network} goes with ${network === 'mainnet' ? MAINNET_CHAIN : 'a test network'}.`,
    help: 'Enter a node of the network you stake on.',
  });
}

async function askPages<P extends { readonly pagination?: z.infer<typeof paginationSchema> }, T>(
  endpoint: string,
  ask: Ask,
  what: string,
  schema: z.ZodType<P>,
  itemsOf: (page: P) => readonly T[],
): Promise<T[]> {
  const items: T[] = [];
  let key = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const from = key === '' ? '' : `&pagination.key=${encodeURIComponent(key)}`;
    const answer = await ask(`/babylon/btcstaking/v1/${what}?pagination.limit=${PAGE}${from}`, schema);
    items.push(...itemsOf(answer));
    const next = answer.pagination?.next_key ?? '';
    if (next === '') return items;
    if (next === key) break;
    key = next;
  }
  throw malformedError(endpoint, `${what}: the list has no end`);
}

interface Answers {
  readonly network: BitcoinNetwork;
  readonly known: BabylonData;
  readonly versions: readonly Params[];
  readonly providers: readonly Provider[];
  readonly readAt: number;
}

/** As docs/bitcoin.md describes it. */
function writeFile(endpoint: string, { network, known, versions, providers, readAt }: Answers): string {
  const date = new Date(readAt).toISOString().slice(0, 10);
  const source = `Babylon node ${endpoint}, read ${date}`;
  const ordered = versions.toSorted((a, b) => a.version - b.version);
  const repeated = ordered.find(({ version }, index) => ordered[index - 1]?.version === version);
  if (repeated) throw malformedError(endpoint, `params_versions: version ${repeated.version} comes twice`);
  const common = ordered.at(-1)?.params.covenant_pks ?? [];
  const names = new Map(known.covenant.keys.map(({ key, name }) => [toHex(key), name]));
  return JSON.stringify({
    schema: 'ballast-babylon/1',
    network,
    asOf: date,
    tag: known.tag,
    knownBlock: known.knownBlock,
    covenant: { source, keys: common.map((key) => nameKey(key, names.get(key))) },
    parameters: {
      source,
      note: 'As the node gave them.',
      versions: ordered.map((version) => writeVersion(endpoint, version, common)),
    },
    finalityProviders: { source, keys: joinProviders(known, providers) },
  });
}

function nameKey(key: string, name: string | undefined): { key: string; name?: string } {
  return name === undefined || name === '' ? { key } : { key, name };
}

function writeVersion(endpoint: string, { version, params }: Params, common: readonly string[]): object {
  return {
    version,
    activationHeight: params.btc_activation_height,
    covenantQuorum: params.covenant_quorum,
    ...(isSameSet(params.covenant_pks, common) ? {} : { covenant: params.covenant_pks }),
    minStakeSat: params.min_staking_value_sat,
    maxStakeSat: params.max_staking_value_sat,
    minStakingBlocks: params.min_staking_time_blocks,
    maxStakingBlocks: params.max_staking_time_blocks,
    unbondingBlocks: params.unbonding_time_blocks,
    unbondingFeeSat: params.unbonding_fee_sat,
    slashingRate: writeRate(endpoint, params.slashing_rate),
    minSlashingFeeSat: params.min_slashing_tx_fee_sat,
  };
}

/** Cosmos writes eighteen decimals; Babylon allows itself few. */
function writeRate(endpoint: string, text: string): string {
  const [, decimals = ''] = /^0\.(\d+?)0*$/u.exec(text) ?? [];
  if (decimals !== '' && decimals.length <= 4) return `0.${decimals}`;
  throw malformedError(endpoint, 'params_versions: slashing_rate is not a share of up to four decimals');
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key) => other.includes(key));
}

/** Those that are known first, in their order; a name that a source gave stays, a moniker is the provider's own word. */
function joinProviders(known: BabylonData, found: readonly Provider[]): object[] {
  const names = new Map<string, string | undefined>(
    known.finalityProviders.keys.map(({ key, name }) => [toHex(key), name]),
  );
  for (const { btc_pk: key, description } of found) {
    names.set(key, names.get(key) ?? quoteForeign(description?.moniker ?? '', LONGEST_NAME));
  }
  return [...names].map(([key, name]) => nameKey(key, name));
}
