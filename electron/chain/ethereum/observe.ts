/** One refresh: every watched account read in one pinned block, as an observation. */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Network } from '../../../shared/domain/network.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import type { Block } from '../../../shared/domain/source.ts';
import { createAbsenceCheck } from './absence.ts';
import { createBatcher, MissingMulticall3 } from './batch.ts';
import { readEthUsd } from './chainlink.ts';
import {
  checkChain,
  createEthereumClient,
  readLatestBlock,
  type EthereumClient,
  type TransportOptions,
} from './client.ts';
import { createNoticeLog, type ReadContext } from './context.ts';
import { readEigenlayer } from './eigenlayer.ts';
import { coinbase } from './coinbase.ts';
import { eigen } from './eigen.ts';
import { etherfi } from './etherfi.ts';
import { kelp } from './kelp.ts';
import { lido } from './lido.ts';
import { mantle } from './mantle.ts';
import { puffer } from './puffer.ts';
import { renzo } from './renzo.ts';
import { noteUnreadable, readRequests } from './requests.ts';
import { rocketpool } from './rocketpool.ts';
import { forEach, runReader, together, type Reader, type RunRound } from './rounds.ts';
import { swell } from './swell.ts';
import { readBalances, readRates, type TokenProtocol } from './token-protocol.ts';
import { settle } from './view.ts';

/** What a refresh is doing: message keys below `jobs.step`, in their order. */
export type ObserveStep = 'refresh.connecting' | 'refresh.reading' | 'refresh.checking';

export interface ObserveInput {
  readonly network: Network;
  /** May hold an API key: only its host and port appear in what comes back or is thrown. */
  readonly rpcUrl: string;
  readonly addresses: readonly EvmAddress[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: number, step: ObserveStep) => void;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly transportOptions?: TransportOptions;
}

const PROTOCOLS: readonly TokenProtocol[] = [
  lido,
  rocketpool,
  coinbase,
  etherfi,
  renzo,
  puffer,
  kelp,
  swell,
  mantle,
  eigen,
];
/** The longest chain of dependent questions: lists, what stands behind them, conversions. */
const EXPECTED_ROUNDS = 3;

/**
 * Reads all accounts at the newest block. Figures that could not be had are failed readings with a notice; the
 * observation as a whole fails only where nothing of it could be trusted.
 * @throws AppError bad-url, node-*, wrong-chain, bad-network-file, cancelled, and block-changed where the chain
 *   replaced the block meanwhile: the figures read before are then still the last good ones
 */
export async function observeAccounts(input: ObserveInput): Promise<Observation> {
  const { network, onProgress, now } = input;
  const addresses = [...new Set(input.addresses)];
  const client = createEthereumClient(input);
  onProgress(0, 'refresh.connecting');
  await checkChain(client, network);
  const block = await readLatestBlock(client);
  onProgress(0.1, 'refresh.reading');

  const notices = createNoticeLog();
  const asked = new Set<string>();
  const findAbsent = createAbsenceCheck(client, block.number);
  const readOn = (on: Network): Promise<Everything> => {
    const batcher = createBatcher(client, block.number, on.contracts.Multicall3?.address ?? null);
    const runRound: RunRound = async (calls, round) => {
      const results = await findAbsent(calls, await batcher.readBatch(calls));
      onProgress(0.1 + 0.8 * Math.min(1, round / EXPECTED_ROUNDS), 'refresh.reading');
      return calls.map((call, index) => {
        asked.add(call.contract);
        const outcome = settle(call, results[index] ?? { kind: 'unanswered', detail: 'no result' });
        if (!outcome.ok && call.isOptional !== true) notices.addFailure(outcome);
        return outcome;
      });
    };
    return runReader(readEverything({ network: on, block, notices }, addresses), runRound);
  };
  const read = await readOn(network).catch((error: unknown) => {
    const { Multicall3, ...contracts } = network.contracts;
    if (!(error instanceof MissingMulticall3) || Multicall3 === undefined) throw error;
    asked.add('Multicall3');
    notices.addAbsent('Multicall3', Multicall3.address);
    return readOn({ ...network, contracts });
  });

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
    // Whom an issuer restakes with is not read yet, so pooled tokens show nothing of what is behind them.
    backings: [],
    extraInstruments: [],
    extraDependencies: [],
    notices: notices.list(network, asked),
  };
}

type Everything = Pick<
  Observation,
  'rates' | 'ethUsd' | 'accounts' | 'strategies' | 'operators' | 'services' | 'slashResolutionDelay'
>;

function* readEverything(context: ReadContext, addresses: readonly EvmAddress[]): Reader<Everything> {
  const tokens = PROTOCOLS.flatMap((protocol) => protocol.tokens);
  const [rates, ethUsd, balances, requests, restaked] = yield* together([
    forEach(PROTOCOLS, (protocol) => readRates(context, protocol)),
    readEthUsd(context),
    readBalances(context, tokens, addresses),
    readRequests(context, PROTOCOLS, addresses),
    readEigenlayer(context, addresses),
  ]);
  const { strategies, operators, services, slashResolutionDelay } = restaked;
  noteUnreadable(context, PROTOCOLS, balances.flat());
  const accounts = addresses.map((address, index) => ({
    address,
    balances: balances[index] ?? [],
    requests: requests[index] ?? [],
    eigenlayer: keepPresent(restaked.accounts[index] ?? null),
  }));
  return {
    rates: rates.flat(),
    ethUsd,
    accounts,
    strategies,
    operators,
    services,
    ...(slashResolutionDelay === null ? {} : { slashResolutionDelay }),
  };
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
