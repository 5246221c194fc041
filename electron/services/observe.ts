/** Refresh: reads a portfolio's accounts from its node, as a job. What was read before stays until it succeeds. */
import { AppError, toAppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { Portfolio } from '../../shared/domain/account.ts';
import type { Notice, Observation } from '../../shared/domain/observation.ts';
import type { JobContext, JobRunner } from '../jobs.ts';
import { redactError } from '../redact.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import type { Changes } from './changes.ts';
import type { Nodes, PassedOver } from './nodes.ts';
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
  { origin, implementations = [] }: Observation,
  chainId: number,
): ObserveRequest['previous'] {
  return origin.kind === 'chain' && origin.chainId === chainId
    ? { block: origin.block, implementations }
    : null;
}

interface Parts {
  readonly store: Store;
  readonly portfolios: Portfolios;
  readonly accounts: Accounts;
  readonly nodes: Nodes;
  readonly snapshots: Snapshots;
  readonly book: PriceBook;
  readonly chain: ChainReader;
  readonly jobs: JobRunner;
  readonly changes: Changes;
  readonly now: () => number;
  readonly randomId: () => string;
}

export function createObserve(parts: Parts): Observe {
  const { store, portfolios, accounts, nodes, chain, jobs, changes, now, randomId, snapshots } = parts;

  async function read(portfolio: Portfolio, { signal, report }: JobContext): Promise<string> {
    const { id: portfolioId, networkId } = portfolio;
    const latestId = store.observations.latestId(portfolioId);
    const last = latestId === null ? null : (store.observations.get(latestId)?.observation ?? null);
    const { value, passedOver } = await nodes.ask(networkId, signal, (node) =>
      chain.observe({
        ...node,
        addresses: accounts.list(portfolioId).map(({ address }) => address),
        previous: last && findPrevious(last, node.network.chainId),
        onProgress: (progress, step) => report(progress, `jobs.step.${step}`),
      }),
    );
    const observation = { ...value, notices: [...passedOver.map(describePassedOver), ...value.notices] };
    // Cancelled meanwhile, perhaps because the portfolio was removed: then there is nothing to keep it for.
    signal.throwIfAborted();
    const id = randomId();
    snapshots.keepReading(portfolioId, { id, observation });
    // Now, because old readings are forgotten, and their prices are not.
    parts.book.takeReadings();
    changes.tellMarket();
    return id;
  }

  /** The figures on screen stay; beside them stands since when they could not be renewed, and why. */
  function keepFailure(portfolioId: string, error: AppError, signal: AbortSignal): void {
    if (signal.aborted || error.code === 'cancelled') return;
    store.observations.putFailure(portfolioId, { failedAt: now(), error: redactError(error.toValue()) });
    changes.tellFigures(portfolioId);
  }

  return {
    refresh(portfolioId) {
      const portfolio = portfolios.getOwn(portfolioId);
      nodes.list(portfolio.networkId);
      if (accounts.list(portfolioId).length === 0) {
        throw new AppError('nothing-observed', 'There is no account to read.', {
          help: 'Add an account first.',
        });
      }
      return jobs.start({
        kind: 'refresh',
        portfolioId,
        step: 'jobs.step.refresh.connecting',
        isShared: true,
        work: async (context) => {
          try {
            const id = await read(portfolio, context);
            changes.tellFigures(portfolioId);
            return id;
          } catch (thrown) {
            keepFailure(portfolioId, toAppError(thrown), context.signal);
            throw thrown;
          }
        },
      });
    },
  };
}
