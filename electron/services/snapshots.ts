/** Snapshots: what is kept for ever of every reading, and what was imported beside them. */
import { SAMPLE_PORTFOLIO_ID } from '../../shared/domain/account.ts';
import type { HistoryPrices } from '../../shared/domain/history/build-history.ts';
import { makeSampleHistory } from '../../shared/domain/history/sample-history.ts';
import { makeSnapshot } from '../../shared/domain/history/make-snapshot.ts';
import type { Snapshot } from '../../shared/domain/history/snapshot.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { StoredObservation } from '../store/observations-table.ts';
import type { StoredSnapshot } from '../store/snapshots-table.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import type { PriceBook } from './price-book.ts';
import type { Sample } from './readers.ts';

export interface Snapshots {
  /** Keeps a reading and its snapshot as one, and forgets readings that are old. */
  keepReading(portfolioId: string, stored: StoredObservation): void;
  /** Oldest first, one for each time. */
  list(portfolioId: string): readonly StoredSnapshot[];
}

interface Parts {
  readonly store: Store;
  readonly sample: Sample;
  readonly accounts: Accounts;
  readonly prices: HistoryPrices;
  readonly book: PriceBook;
}

export function createSnapshots({ store, sample, accounts, prices, book }: Parts): Snapshots {
  /** Opened once each, of the portfolio asked for last: they never change. */
  let opened = { portfolioId: '', snapshots: new Map<string, StoredSnapshot>() };
  let sampleSnapshots: readonly StoredSnapshot[] | null = null;

  function make(portfolioId: string, observation: Observation): Snapshot {
    const { manualEthUsd } = store.settings.read();
    const { btcUsd, market } = prices;
    const { stored } = book.pricesFor(observation);
    return makeSnapshot(observation, {
      accounts: accounts.list(portfolioId),
      manualEthUsd,
      btcUsd,
      market,
      ...(stored === undefined ? {} : { stored }),
    });
  }

  function keep(portfolioId: string, { id, observation }: StoredObservation): void {
    store.snapshots.insert(portfolioId, { id, importId: null, snapshot: make(portfolioId, observation) });
  }

  /** Readings from before there were snapshots get theirs, each for itself: a kill in between loses nothing. */
  function catchUp(portfolioId: string): void {
    const ids = store.observations.listWithoutSnapshot(portfolioId);
    for (const id of ids) {
      const stored = store.observations.get(id);
      if (stored) keep(portfolioId, stored);
    }
    if (ids.length > 0) store.transact(() => store.observations.thin(portfolioId));
  }

  function listSample(): readonly StoredSnapshot[] {
    sampleSnapshots ??= makeSampleHistory(make(SAMPLE_PORTFOLIO_ID, sample.observation)).map(
      (snapshot, index) => ({ id: `sample-${index}`, importId: null, snapshot }),
    );
    return sampleSnapshots;
  }

  return {
    keepReading(portfolioId, stored) {
      store.transact(() => {
        store.observations.insert(portfolioId, stored);
        keep(portfolioId, stored);
        store.observations.thin(portfolioId);
      });
    },
    list(portfolioId) {
      if (portfolioId === SAMPLE_PORTFOLIO_ID) return listSample();
      catchUp(portfolioId);
      const before =
        opened.portfolioId === portfolioId ? opened.snapshots : new Map<string, StoredSnapshot>();
      const snapshots = new Map<string, StoredSnapshot>();
      const byTime = new Map<number, StoredSnapshot>();
      for (const { id, at, importId } of store.snapshots.list(portfolioId)) {
        const snapshot = before.get(id)?.snapshot ?? store.snapshots.get(id);
        if (!snapshot) continue;
        const stored = { id, importId, snapshot };
        snapshots.set(id, stored);
        // Of two readings of one block the later; a reading rather than what a file says of the same time.
        if (importId === null || !byTime.has(at)) byTime.set(at, stored);
      }
      opened = { portfolioId, snapshots };
      return [...byTime.values()].toSorted((a, b) => a.snapshot.at - b.snapshot.at);
    },
  };
}
