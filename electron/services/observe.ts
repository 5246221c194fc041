/** Refresh: reads a portfolio's accounts from its node, as a job. What was read before stays until it succeeds. */
import { AppError, toAppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import {
  listEvmAddresses,
  type Account,
  type BitcoinAccount,
  type Portfolio,
} from '../../shared/domain/account.ts';
import { BITCOIN_BLOCK_SECONDS, type BitcoinObservation } from '../../shared/domain/bitcoin.ts';
import type { Notice, Observation } from '../../shared/domain/observation.ts';
import type { JobContext, JobRunner } from '../jobs.ts';
import { redactError } from '../redact.ts';
import type { RefreshFailure } from '../store/observations-table.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import type { Bitcoin, BitcoinRead } from './bitcoin.ts';
import type { BitcoinFollow } from './bitcoin-follow.ts';
import type { Changes } from './changes.ts';
import type { Answer, PassedOver } from './failover.ts';
import type { Nodes } from './nodes.ts';
import type { Portfolios } from './portfolios.ts';
import type { PriceBook } from './price-book.ts';
import type { ChainReader, ObserveRequest } from './readers.ts';
import type { Snapshots } from './snapshots.ts';

export interface Observe {
  /**
   * Starts reading, or hands back the reading that is under way.
   * @throws AppError no-node, nothing-observed where there is no account, sample-is-fixed, not-found
   */
  refresh(portfolioId: string): Job;
}

/** A node that was set and did not serve this reading: told beside the figures, which are another node's. */
function describePassedOver({ endpoint, error }: PassedOver): Notice {
  return { code: 'node-changed', contract: endpoint, call: '', detail: error.message };
}

/** Null where the last reading was of another chain. */
function findPrevious(
  { origin, implementations = [], trails = [] }: Observation,
  chainId: number,
): ObserveRequest['previous'] {
  return origin.kind === 'chain' && origin.chainId === chainId
    ? { block: origin.block, implementations, trails }
    : null;
}

interface Parts {
  readonly store: Store;
  readonly portfolios: Portfolios;
  readonly accounts: Accounts;
  readonly nodes: Nodes;
  readonly bitcoin: Bitcoin;
  readonly follow: BitcoinFollow;
  readonly snapshots: Snapshots;
  readonly book: PriceBook;
  readonly chain: ChainReader;
  readonly jobs: JobRunner;
  readonly changes: Changes;
  readonly now: () => number;
  readonly randomId: () => string;
}

/** A reading of Bitcoin alone: nothing of Ethereum is in it. */
function makeBitcoinReading(bitcoin: BitcoinObservation): Observation {
  const { network, server, tip, readAt } = bitcoin;
  return {
    schema: 'ballast-observation/1',
    origin: {
      kind: 'bitcoin',
      network,
      endpoint: server.endpoint,
      block: tip,
      blockSeconds: BITCOIN_BLOCK_SECONDS,
    },
    readAt,
    bitcoin,
    rates: [],
    ethUsd: null,
    accounts: [],
    strategies: [],
    operators: [],
    services: [],
    backings: [],
    extraInstruments: [],
    extraDependencies: [],
    notices: [],
  };
}

/**
 * One side of a portfolio: what was read, or why it was not (no error: it was not asked for); null where it has no
 * accounts of that kind.
 */
type Side<T> =
  | { readonly ok: true; readonly answer: Answer<T> }
  | { readonly ok: false; readonly error: AppError | null }
  | null;

/**
 * What both sides make together. A side that was not read keeps what was read of it before, each figure with its own block
 * and time; null where nothing was read of either.
 */
function joinSides(
  ethereum: Side<Observation>,
  bitcoin: Side<BitcoinRead>,
  last: Observation | null,
): Observation | null {
  const notices = [ethereum, bitcoin].flatMap((side) =>
    side?.ok === true ? side.answer.passedOver.map(describePassedOver) : [],
  );
  const lastEthereum = last?.origin.kind === 'chain' ? last : null;
  const read = ethereum?.ok === true ? ethereum.answer.value : ethereum && lastEthereum;
  const coins = bitcoin?.ok === true ? bitcoin.answer.value.observation : bitcoin && last?.bitcoin;
  if (!read) return coins ? { ...makeBitcoinReading(coins), notices } : null;
  const { bitcoin: _, ...own } = read;
  return { ...own, notices: [...notices, ...own.notices], ...(coins ? { bitcoin: coins } : {}) };
}

function listBitcoin(accounts: readonly Account[]): BitcoinAccount[] {
  return accounts.filter((account) => account.kind === 'bitcoin');
}

export function createObserve(parts: Parts): Observe {
  const { store, portfolios, accounts, nodes, bitcoin, chain, jobs, changes, now, randomId, snapshots } =
    parts;

  /** Ethereum's side of a whole reading that failed: reading Bitcoin alone mends nothing of it. */
  const ethereumFailures = new Map<string, RefreshFailure>();

  function findLast(portfolioId: string): Observation | null {
    const id = store.observations.latestId(portfolioId);
    return id === null ? null : (store.observations.get(id)?.observation ?? null);
  }

  function keepEthereum(watched: readonly Account[]): Side<Observation> {
    return listEvmAddresses(watched).length === 0 ? null : { ok: false, error: null };
  }

  async function readEthereum(
    { id, networkId }: Portfolio,
    watched: readonly Account[],
    { signal, report }: JobContext,
  ): Promise<Side<Observation>> {
    const addresses = listEvmAddresses(watched);
    if (addresses.length === 0) return null;
    const last = findLast(id);
    return settle(signal, () =>
      nodes.ask(networkId, signal, (node) =>
        chain.observe({
          ...node,
          addresses,
          previous: last && findPrevious(last, node.network.chainId),
          onProgress: (progress, step) => report(progress, `jobs.step.${step}`),
        }),
      ),
    );
  }

  async function readBitcoin(
    portfolio: Portfolio,
    watched: readonly Account[],
    { signal, report }: JobContext,
  ): Promise<Side<BitcoinRead>> {
    const own = listBitcoin(watched);
    if (own.length === 0) return null;
    const onProgress = (progress: number, step: string): void => report(progress, `jobs.step.${step}`);
    return settle(signal, () => bitcoin.read(portfolio, own, { signal, onProgress }));
  }

  async function settle<T>(signal: AbortSignal, work: () => Promise<Answer<T>>): Promise<Side<T>> {
    try {
      return { ok: true, answer: await work() };
    } catch (thrown) {
      signal.throwIfAborted();
      return { ok: false, error: toAppError(thrown) };
    }
  }

  /** @throws AppError where nothing could be read, or not all of it: what could be read is kept then */
  async function read(portfolio: Portfolio, context: JobContext, isWhole: boolean): Promise<string> {
    const { id: portfolioId } = portfolio;
    const { signal } = context;
    const watched = accounts.list(portfolioId);
    const [ethereum, coins] = await Promise.all([
      isWhole ? readEthereum(portfolio, watched, context) : keepEthereum(watched),
      readBitcoin(portfolio, watched, context),
    ]);
    // Cancelled meanwhile, perhaps because the portfolio was removed: then there is nothing to keep it for.
    signal.throwIfAborted();
    const failed = [ethereum, coins].flatMap((side) =>
      side?.ok === false && side.error ? [side.error] : [],
    );
    const [failure] = failed;
    if (isWhole) ethereumFailures.delete(portfolioId);
    if (ethereum?.ok === false && ethereum.error) {
      ethereumFailures.set(portfolioId, describeFailure(ethereum.error));
    }
    const isAnyRead = ethereum?.ok === true || coins?.ok === true;
    // What is kept is the newest there is now: another reading may have ended meanwhile.
    const observation = isAnyRead ? joinSides(ethereum, coins, findLast(portfolioId)) : null;
    if (observation === null) throw failure ?? new Error('nothing was read');
    const id = randomId();
    snapshots.keepReading(portfolioId, { id, observation });
    const unmended = ethereumFailures.get(portfolioId);
    if (unmended) store.observations.putFailure(portfolioId, unmended);
    // Now, because old readings are forgotten, and their prices are not.
    parts.book.takeReadings();
    changes.tellMarket();
    if (coins?.ok === true && coins.answer.value.followed) {
      parts.follow.begin({
        ...coins.answer.value.followed,
        refresh: () => refreshBitcoin(portfolioId),
      });
    }
    if (failure) throw failure;
    return id;
  }

  /** Of the portfolio as it is then; where it cannot be read, that is told like any other failure. */
  async function refreshBitcoin(portfolioId: string): Promise<void> {
    if (store.portfolios.find(portfolioId) === null) return;
    try {
      await jobs.finished(start(portfolioId, false).id);
    } catch {
      // The program is ending, or there is nothing left to read.
    }
  }

  function describeFailure(error: AppError): RefreshFailure {
    return { failedAt: now(), error: redactError(error.toValue()) };
  }

  /** The figures on screen stay; beside them stands since when they could not be renewed, and why. */
  function keepFailure(portfolioId: string, error: AppError, signal: AbortSignal): void {
    if (signal.aborted || error.code === 'cancelled') return;
    store.observations.putFailure(portfolioId, describeFailure(error));
    changes.tellFigures(portfolioId);
  }

  /** Where nothing at all can be asked, that is said before any work begins. */
  function refuseWithoutServers({ networkId }: Portfolio, watched: readonly Account[]): void {
    const isCheckable = [
      ...(listEvmAddresses(watched).length > 0 ? [() => nodes.list(networkId)] : []),
      ...(listBitcoin(watched).length > 0 ? [() => bitcoin.listServers(networkId)] : []),
    ];
    const errors = isCheckable.map((check) => {
      try {
        check();
        return null;
      } catch (thrown) {
        return toAppError(thrown);
      }
    });
    const [first] = errors;
    if (first && errors.every((error) => error !== null)) throw first;
  }

  function start(portfolioId: string, isWhole: boolean): Job {
    const portfolio = portfolios.getOwn(portfolioId);
    const watched = accounts.list(portfolioId);
    if (watched.length === 0) {
      throw new AppError('nothing-observed', 'There is no account to read.', {
        help: 'Add an account first.',
      });
    }
    refuseWithoutServers(portfolio, watched);
    return jobs.start({
      // Whoever asks for a whole reading is not handed back half of one.
      kind: isWhole ? 'refresh' : 'listen',
      portfolioId,
      step: 'jobs.step.refresh.connecting',
      isShared: true,
      work: async (context) => {
        try {
          const id = await read(portfolio, context, isWhole);
          changes.tellFigures(portfolioId);
          return id;
        } catch (thrown) {
          keepFailure(portfolioId, toAppError(thrown), context.signal);
          throw thrown;
        }
      },
    });
  }

  return { refresh: (portfolioId) => start(portfolioId, true) };
}
