/** Value over time: the view, and its way in and out as CSV. */
import { encode } from '../../shared/contract/codec.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { Portfolio } from '../../shared/domain/account.ts';
import {
  buildHistory,
  type HistoryPrices,
  type HistoryQuestion,
} from '../../shared/domain/history/build-history.ts';
import type { HistoryImportResult, HistoryView } from '../../shared/domain/history/history-view.ts';
import type { Snapshot } from '../../shared/domain/history/snapshot.ts';
import { nameAccount, nameWatched } from '../../shared/domain/names.ts';
import { keepVisible } from '../../shared/format/visible-text.ts';
import type { Host, OfferedFile } from '../host.ts';
import type { JobRunner } from '../jobs.ts';
import type { StoredSnapshot } from '../store/snapshots-table.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import type { Changes } from './changes.ts';
import type { Portfolios } from './portfolios.ts';
import type { Snapshots } from './snapshots.ts';
import { refuseSecretsIn } from './typed-text.ts';
import type { UndoStack } from './undo.ts';

/** How a history is written to a file and read from one. */
export interface HistoryFiles {
  render(snapshots: readonly Snapshot[]): Uint8Array;
  /** @throws AppError bad-history-file */
  parse(text: string, stamp: { readonly file: string; readonly importedAt: number }): readonly Snapshot[];
  offer(portfolio: Portfolio, at: number, bytes: Uint8Array): OfferedFile;
}

export interface History {
  /** @throws AppError not-found */
  view(portfolioId: string, question: HistoryQuestion): HistoryView;
  /**
   * All of the file or nothing; an edit. Times that are kept already stay as they are.
   * @throws AppError not-found, sample-is-fixed, bad-history-file, secret-refused
   */
  importFile(portfolioId: string, name: string, text: string): HistoryImportResult;
  /** An edit. @throws AppError not-found, sample-is-fixed */
  removeImport(portfolioId: string, importId: string): void;
  /** @throws AppError not-found, nothing-observed */
  export(portfolioId: string): Job;
}

interface Parts {
  readonly store: Store;
  readonly portfolios: Portfolios;
  readonly accounts: Accounts;
  readonly snapshots: Snapshots;
  readonly prices: HistoryPrices;
  readonly historyFiles: HistoryFiles;
  readonly host: () => Host;
  readonly jobs: JobRunner;
  readonly changes: Changes;
  readonly undo: UndoStack;
  readonly now: () => number;
  readonly randomId: () => string;
}

const LONGEST_FILE_NAME = 80;

/** A name only, whatever the page sent: a folder says where somebody keeps things. */
function cleanFileName(name: string): string {
  const last = name.split(/[\\/]/u).at(-1) ?? '';
  return keepVisible(last).slice(0, LONGEST_FILE_NAME) || 'history.csv';
}

/** Everything but where it came from, in one order: what two snapshots of one time are compared by. */
function describeContent({
  origin: _origin,
  readAt: _readAt,
  accounts,
  positions,
  ...rest
}: Snapshot): string {
  const sorted = (items: readonly unknown[]): readonly string[] =>
    items.map((item) => encode(item)).toSorted();
  return encode({ ...rest, accounts: sorted(accounts), positions: sorted(positions) });
}

function listTexts(snapshots: readonly Snapshot[]): readonly string[] {
  const texts = new Set<string>();
  for (const { origin, accounts, positions } of snapshots) {
    if (origin.kind === 'imported') texts.add(origin.said);
    for (const { address, name, read } of accounts)
      for (const text of [address, name, ...read]) texts.add(text);
    for (const { instrument, symbol, protocol } of positions)
      for (const text of [instrument, symbol, protocol ?? '']) texts.add(text);
  }
  return [...texts];
}

export function createHistory(parts: Parts): History {
  const { store, portfolios, accounts, snapshots, prices, historyFiles, host, jobs } = parts;
  const { changes, undo, now, randomId } = parts;

  function listImports(kept: readonly StoredSnapshot[]): HistoryView['imports'] {
    const imports = new Map<string, HistoryView['imports'][number]>();
    for (const { importId, snapshot } of kept) {
      if (importId === null || snapshot.origin.kind !== 'imported') continue;
      const { file, importedAt } = snapshot.origin;
      const count = (imports.get(importId)?.count ?? 0) + 1;
      imports.set(importId, { id: importId, file, importedAt, count });
    }
    return [...imports.values()].toSorted((a, b) => b.importedAt - a.importedAt);
  }

  function takeAway(portfolioId: string, importId: string): () => void {
    const removed = store.remove('import', importId);
    changes.tellHistory(portfolioId);
    return () => {
      store.putBack(removed);
      changes.tellHistory(portfolioId);
    };
  }

  return {
    view(portfolioId, question) {
      const { kind } = portfolios.get(portfolioId);
      const kept = snapshots.list(portfolioId);
      const names = accounts
        .list(portfolioId)
        .map((account) => [nameWatched(account), nameAccount(account)] as const);
      return buildHistory(question, {
        snapshots: kept.map(({ snapshot }) => snapshot),
        prices,
        names: new Map(names),
        isSynthetic: kind === 'sample',
        imports: listImports(kept),
      });
    },
    importFile(portfolioId, name, text) {
      portfolios.getOwn(portfolioId);
      const file = cleanFileName(name);
      refuseSecretsIn(file);
      const found = historyFiles.parse(text, { file, importedAt: now() });
      refuseSecretsIn(listTexts(found));
      const known = new Map(snapshots.list(portfolioId).map(({ snapshot }) => [snapshot.at, snapshot]));
      const fresh = found.filter(({ at }) => !known.has(at));
      const same = found.filter((snapshot) => {
        const kept = known.get(snapshot.at);
        return kept !== undefined && describeContent(kept) === describeContent(snapshot);
      }).length;
      const importId = randomId();
      const outcome = { importId, added: fresh.length, same, different: found.length - fresh.length - same };
      if (fresh.length === 0) return outcome;
      store.transact(() => {
        for (const snapshot of fresh)
          store.snapshots.insert(portfolioId, { id: randomId(), importId, snapshot });
      });
      changes.tellHistory(portfolioId);
      let bringBack = (): void => undefined;
      undo.push({
        name: { key: 'edits.importHistory', params: { file } },
        undo: () => {
          bringBack = takeAway(portfolioId, importId);
        },
        redo: () => bringBack(),
      });
      return outcome;
    },
    removeImport(portfolioId, importId) {
      portfolios.getOwn(portfolioId);
      const found = listImports(snapshots.list(portfolioId)).find(({ id }) => id === importId);
      if (!found) throw new AppError('not-found', 'This import is not there any more.');
      let bringBack = takeAway(portfolioId, importId);
      undo.push({
        name: { key: 'edits.removeHistory', params: { file: found.file } },
        undo: () => bringBack(),
        redo: () => {
          bringBack = takeAway(portfolioId, importId);
        },
      });
    },
    export(portfolioId) {
      const portfolio = portfolios.get(portfolioId);
      const kept = snapshots.list(portfolioId).map(({ snapshot }) => snapshot);
      if (kept.length === 0) {
        throw new AppError('nothing-observed', 'There is no history of this portfolio yet.', {
          help: 'Refresh it, or import a history.',
        });
      }
      return jobs.start({
        kind: 'history',
        portfolioId,
        step: 'jobs.step.history.writing',
        work: async (context) => {
          const bytes = historyFiles.render(kept);
          context.signal.throwIfAborted();
          context.report(0.9, 'jobs.step.saving');
          const saved = await host().saveFile(historyFiles.offer(portfolio, now(), bytes));
          if (saved === 'declined') throw new AppError('cancelled', 'No file was chosen.');
          return saved.path;
        },
      });
    },
  };
}
