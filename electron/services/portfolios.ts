/** Portfolios: the user's own, and the sample, which is always there and never changes. */
import { AppError } from '../../shared/contract/errors.ts';
import { SAMPLE_PORTFOLIO_ID, type Portfolio } from '../../shared/domain/account.ts';
import type { JobRunner } from '../jobs.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import type { Networks } from './networks.ts';
import type { Sample } from './readers.ts';
import { cleanName } from './typed-text.ts';
import type { UndoStack } from './undo.ts';

export interface Portfolios {
  /** The sample first, then the user's, oldest first. */
  list(): readonly Portfolio[];
  /** @throws AppError not-found */
  get(id: string): Portfolio;
  /** One that may be changed. @throws AppError not-found, sample-is-fixed */
  getOwn(id: string): Portfolio;
  /** @throws AppError secret-refused, bad-request, not-found for the network */
  create(name: string, networkId: string): Portfolio;
  rename(id: string, name: string): Portfolio;
  /** With its accounts, readings and runs; undo brings all of them back. Its jobs are cancelled. */
  remove(id: string): void;
}

interface Parts {
  readonly store: Store;
  readonly sample: Sample;
  readonly networks: Networks;
  readonly jobs: JobRunner;
  readonly changes: Changes;
  readonly undo: UndoStack;
  readonly now: () => number;
  readonly randomId: () => string;
}

export function createPortfolios(parts: Parts): Portfolios {
  const { store, sample, networks, jobs, changes, undo, now, randomId } = parts;

  function getOwn(id: string): Portfolio {
    if (id === SAMPLE_PORTFOLIO_ID) {
      throw new AppError('sample-is-fixed', 'The sample portfolio cannot be changed.', {
        help: 'Make a portfolio of your own to watch your accounts.',
      });
    }
    const portfolio = store.portfolios.find(id);
    if (portfolio) return portfolio;
    throw new AppError('not-found', 'This portfolio is not there any more.');
  }

  /** Gone from the disk; what comes back is how to bring it in again. */
  function takeAway(id: string): () => void {
    jobs.cancelOf(id);
    const removed = store.remove('portfolio', id);
    changes.tellPortfolio(id);
    return () => {
      store.putBack(removed);
      changes.tellPortfolio(id);
    };
  }

  function setName(id: string, name: string): void {
    store.portfolios.rename(id, name);
    changes.tellPortfolio(id);
  }

  return {
    list: () => [sample.portfolio, ...store.portfolios.list()],
    get: (id) => (id === SAMPLE_PORTFOLIO_ID ? sample.portfolio : getOwn(id)),
    getOwn,
    create(typedName, networkId) {
      const name = cleanName(typedName);
      networks.get(networkId);
      const portfolio: Portfolio = { id: randomId(), name, kind: 'user', networkId, createdAt: now() };
      store.portfolios.insert(portfolio);
      changes.tellPortfolio(portfolio.id);
      let bringBack = (): void => undefined;
      undo.push({
        name: { key: 'edits.createPortfolio', params: { name } },
        // It may have been read and stressed since: undoing keeps that too, for redo.
        undo: () => {
          bringBack = takeAway(portfolio.id);
        },
        redo: () => bringBack(),
      });
      return portfolio;
    },
    rename(id, typedName) {
      const name = cleanName(typedName);
      const before = getOwn(id);
      if (before.name === name) return before;
      setName(id, name);
      undo.push({
        name: { key: 'edits.renamePortfolio', params: { name } },
        undo: () => setName(id, before.name),
        redo: () => setName(id, name),
      });
      return { ...before, name };
    },
    remove(id) {
      const { name } = getOwn(id);
      let bringBack = takeAway(id);
      undo.push({
        name: { key: 'edits.removePortfolio', params: { name } },
        undo: () => bringBack(),
        redo: () => {
          bringBack = takeAway(id);
        },
      });
    },
  };
}
