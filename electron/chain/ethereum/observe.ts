/** One refresh: every watched account read in one pinned block, as an observation. */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Network } from '../../../shared/domain/network.ts';
import type { Implementation, Observation, Operator } from '../../../shared/domain/observation.ts';
import type { Trail } from '../../../shared/domain/trail.ts';
import type { Block } from '../../../shared/domain/source.ts';
import { createAbsenceCheck } from './absence.ts';
import { readPools, selectHeld } from './backing.ts';
import { createBatcher, MissingMulticall3 } from './batch.ts';
import { readPrice } from './chainlink.ts';
import {
  checkChain,
  createEthereumClient,
  readLatestBlock,
  type EthereumClient,
  type TransportOptions,
} from './client.ts';
import { compareWithPrevious } from './previous-block.ts';
import { createNoticeLog, type ReadContext } from './context.ts';
import { readEigenlayer, readSlashResolutionDelay, readStakers } from './eigenlayer.ts';
import { coinbase } from './coinbase.ts';
import { bedrock } from './bedrock.ts';
import { eigen } from './eigen.ts';
import { etherfi } from './etherfi.ts';
import { etherfiBtc } from './etherfi-btc.ts';
import { compareImplementations, noticeUpgrades, readImplementations } from './implementations.ts';
import { readKarak } from './karak.ts';
import { kelp } from './kelp.ts';
import { lido } from './lido.ts';
import { lombard } from './lombard.ts';
import { addMetadataUris, listMetadataWishes } from './metadata-uris.ts';
import { mantle } from './mantle.ts';
import { puffer } from './puffer.ts';
import { pumpbtc } from './pumpbtc.ts';
import { addRedeemables, readRedeemables } from './redeemable.ts';
import { renzo } from './renzo.ts';
import { noteUnreadable, readRequests } from './requests.ts';
import { rocketpool } from './rocketpool.ts';
import { forEach, runReader, together, type Reader, type RunRound } from './rounds.ts';
import { solv } from './solv.ts';
import { readSymbiotic } from './symbiotic.ts';
import { swell } from './swell.ts';
import { readBalances, readRates, type TokenProtocol } from './token-protocol.ts';
import { listTrailWishes } from './trail-wishes.ts';
import { followTrails } from './trails.ts';
import { settle } from './view.ts';
import { wrapped } from './wrapped.ts';

/** What a refresh is doing: message keys below `jobs.step`, in their order. */
export type ObserveStep = 'refresh.connecting' | 'refresh.tracing' | 'refresh.reading' | 'refresh.checking';

export interface PreviousReading {
  readonly block: Block;
  readonly implementations: readonly Implementation[];
  readonly trails: readonly Trail[];
}

export interface ObserveInput {
  readonly network: Network;
  /** May hold an API key: only its host and port appear in what comes back or is thrown. */
  readonly rpcUrl: string;
  readonly addresses: readonly EvmAddress[];
  /** Of the last reading of this chain: to notice a node behind it, a chain that replaced it, and contracts that changed. */
  readonly previous?: PreviousReading | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: number, step: ObserveStep) => void;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly transportOptions?: TransportOptions;
}

const PROTOCOLS: readonly TokenProtocol[] = [
  wrapped,
  lido,
  rocketpool,
  coinbase,
  etherfi,
  renzo,
  puffer,
  kelp,
  swell,
  mantle,
  solv,
  lombard,
  etherfiBtc,
  bedrock,
  pumpbtc,
  eigen,
];
/** The longest chain of dependent questions: lists, the stakers of tokens, what stands behind them, conversions. */
const EXPECTED_ROUNDS = 4;

/**
 * Reads all accounts at the newest block. Figures that could not be had are failed readings with a notice; the
 * observation as a whole fails only where nothing of it could be trusted.
 * @throws AppError bad-url, node-*, wrong-chain, bad-network-file, cancelled, and block-changed where the chain
 *   replaced the block meanwhile, node-behind: the figures read before are then still the last good ones
 */
export async function observeAccounts(input: ObserveInput): Promise<Observation> {
  const { network, onProgress, now } = input;
  const addresses = [...new Set(input.addresses)];
  const client = createEthereumClient(input);
  onProgress(0, 'refresh.connecting');
  await checkChain(client, network);
  const block = await readLatestBlock(client);
  const replaced = await compareWithPrevious(client, block, input.previous?.block ?? null);

  const notices = createNoticeLog();
  const asked = new Set<string>();
  const findAbsent = createAbsenceCheck(client, block.number);
  // Events of a chain that is gone lead nowhere.
  const known = replaced.length > 0 ? [] : (input.previous?.trails ?? []);
  const readOn = async (
    on: Network,
  ): Promise<{ readonly read: Everything; readonly trails: readonly Trail[] }> => {
    const batcher = createBatcher(client, block.number, on.contracts.Multicall3?.address ?? null);
    const runRound: RunRound = async (calls) => {
      const results = await findAbsent(calls, await batcher.readBatch(calls));
      return calls.map((call, index) => {
        asked.add(call.contract);
        const outcome = settle(call, results[index] ?? { kind: 'unanswered', detail: 'no result' });
        if (!outcome.ok) {
          // Which calls a contract has may differ; that it is there, the network file says.
          const isAbsent = outcome.code === 'no-contract' && Object.hasOwn(on.contracts, call.contract);
          if (call.expected?.includes(outcome.code) !== true || isAbsent) notices.addFailure(outcome);
        }
        return outcome;
      });
    };
    const follow = { client, network: on, block: block.number, known };
    const bare = { network: on, block, notices, trails: known, trailGaps: new Map<string, string>() };
    onProgress(0.1, 'refresh.tracing');
    const wishes = await runReader(listTrailWishes(bare, PROTOCOLS, addresses), runRound);
    const before = await followTrails(follow, wishes);
    onProgress(0.2, 'refresh.reading');
    const context = { ...bare, trails: before.trails, trailGaps: before.gaps };
    const read = await runReader(readEverything(context, addresses), async (calls, round) => {
      const outcomes = await runRound(calls, round);
      onProgress(0.2 + 0.6 * Math.min(1, round / EXPECTED_ROUNDS), 'refresh.reading');
      return outcomes;
    });
    onProgress(0.85, 'refresh.tracing');
    const after = await followTrails(follow, listMetadataWishes(read));
    const trails = keepTrails(known, [...before.trails, ...after.trails]);
    return { read: addMetadataUris(read, trails), trails };
  };
  const implementationsRead = readImplementations(client, network, block.number);
  // It is waited for below; until then its failure is nobody's.
  implementationsRead.catch(() => undefined);
  const { read, trails } = await readOn(network).catch((error: unknown) => {
    const { Multicall3, ...contracts } = network.contracts;
    if (!(error instanceof MissingMulticall3) || Multicall3 === undefined) throw error;
    asked.add('Multicall3');
    notices.addAbsent('Multicall3', Multicall3.address);
    return readOn({ ...network, contracts });
  });

  const seen = await implementationsRead;
  const implementations = compareImplementations(seen, input.previous?.implementations ?? [], block);
  onProgress(0.95, 'refresh.checking');
  await checkBlock(client, block);
  onProgress(1, 'refresh.checking');
  return {
    schema: 'ballast-observation/1',
    origin: {
      kind: 'chain',
      chainId: network.chainId,
      network: network.name,
      endpoint: client.endpoint,
      block,
      blockSeconds: network.blockSeconds,
    },
    readAt: now(),
    ...read,
    extraInstruments: [],
    extraDependencies: [],
    notices: [...replaced, ...noticeUpgrades(implementations), ...notices.list(network, asked)],
    ...(implementations.length === 0 ? {} : { implementations: [...implementations] }),
    ...(trails.length === 0 ? {} : { trails: [...trails] }),
  };
}

/** Those that were not followed this time stand as they were: they are gone on with when they are wanted again. */
function keepTrails(known: readonly Trail[], followed: readonly Trail[]): readonly Trail[] {
  const ids = new Set(followed.map(({ id }) => id));
  return [...known.filter(({ id }) => !ids.has(id)), ...followed];
}

type Everything = Pick<
  Observation,
  | 'rates'
  | 'ethUsd'
  | 'btcUsd'
  | 'accounts'
  | 'strategies'
  | 'operators'
  | 'services'
  | 'backings'
  | 'vaults'
  | 'slashResolutionDelay'
>;

function* readEverything(context: ReadContext, addresses: readonly EvmAddress[]): Reader<Everything> {
  const [
    ethUsd,
    btcUsd,
    requests,
    redeemables,
    slashResolutionDelay,
    karak,
    symbiotic,
    { rates, balances, restaked },
  ] = yield* together([
    readPrice(context, 'ChainlinkETHUSD', context.network.ethUsdHeartbeat),
    readPrice(context, 'ChainlinkBTCUSD', context.network.btcUsdHeartbeat),
    readRequests(context, PROTOCOLS, addresses),
    readRedeemables(context, PROTOCOLS, addresses),
    readSlashResolutionDelay(context),
    readKarak(context, addresses),
    readSymbiotic(context, addresses),
    readTokensAndStake(context, addresses),
  ]);
  noteUnreadable(context, PROTOCOLS, balances.flat());
  const accounts = addresses.map((address, index) => ({
    address,
    balances: addRedeemables(balances[index] ?? [], redeemables[index] ?? new Map()),
    requests: requests[index] ?? [],
    vaults: [karak, symbiotic].flatMap((read) => read.accounts[index] ?? []),
    eigenlayer: keepPresent(restaked.accounts[index] ?? null),
  }));
  const { strategies, operators, services, backings } = restaked;
  return {
    rates,
    ethUsd,
    btcUsd,
    accounts,
    strategies,
    vaults: [...karak.vaults, ...symbiotic.vaults],
    operators: mergeOperators([...operators, ...symbiotic.operators]),
    services: uniqueBy([...services, ...symbiotic.services], ({ id }) => id),
    backings: [...backings, ...symbiotic.backings],
    ...(slashResolutionDelay === null ? {} : { slashResolutionDelay }),
  };
}

/** One entry per operator, with what it has in every vault and strategy. */
function mergeOperators(operators: readonly Operator[]): Operator[] {
  return Array.from(
    Map.groupBy(operators, ({ address }) => address),
    ([address, same]) => ({
      address,
      name: same.find(({ name }) => name !== null)?.name ?? null,
      strategies: same.flatMap(({ strategies }) => strategies),
    }),
  );
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Balances and stakes together: which tokens are looked through depends on what somebody holds. */
function* readTokensAndStake(context: ReadContext, addresses: readonly EvmAddress[]) {
  const tokens = PROTOCOLS.flatMap((protocol) => protocol.tokens);
  const [read, balances, pools, stakers] = yield* together([
    forEach(PROTOCOLS, (protocol) => readRates(context, protocol)),
    readBalances(context, tokens, addresses),
    readPools(context, PROTOCOLS),
    readStakers(context, addresses),
  ]);
  const rates = read.flat();
  const held = selectHeld(pools, balances.flat());
  const restaked = yield* readEigenlayer(context, stakers, held, rates);
  return { rates, balances, restaked };
}

/** Without its contract on the chain there is no EigenLayer, and no row for what nobody can hold there. */
function keepPresent(
  eigenlayer: Observation['accounts'][number]['eigenlayer'],
): Observation['accounts'][number]['eigenlayer'] {
  const read = eigenlayer?.depositsRead;
  return read?.ok === false && read.code === 'no-contract' ? null : eigenlayer;
}

/** Whether what was read at this number is still the block that was pinned. @throws AppError block-changed */
async function checkBlock(client: EthereumClient, block: Block): Promise<void> {
  const again = await client.readBlock(block.number);
  if (again?.hash === block.hash) return;
  throw new AppError('block-changed', `Block ${block.number} was replaced while it was being read.`, {
    detail: `${block.hash}, then ${again?.hash ?? 'no such block'}`,
    help: 'Refresh again. The figures shown are still those of the last complete reading.',
    retryable: true,
  });
}
