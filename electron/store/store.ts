/** Everything Ballast keeps, behind one object. Synchronous: a write is on disk when its call returns. */
import { join } from 'node:path';
import { createAccountsTable, type AccountsTable } from './accounts-table.ts';
import { createBitcoinTable, type BitcoinTable } from './bitcoin-table.ts';
import { createCatalogTable, type CatalogTable } from './catalog-table.ts';
import { IN_MEMORY, openDatabase, type Database } from './database.ts';
import { createMarketTable, type MarketTable } from './market-table.ts';
import { createNetworksTable, type NetworksTable } from './networks-table.ts';
import { createObservationsTable, type ObservationsTable } from './observations-table.ts';
import { createPortfoliosTable, type PortfoliosTable } from './portfolios-table.ts';
import { createRemoval, type Removable, type Removed } from './removal.ts';
import { createRunsTable, type RunsTable } from './runs-table.ts';
import { createSealer, type Sealer } from './sealing.ts';
import { createSettingsTable, type SettingsTable } from './settings-table.ts';
import { createSnapshotsTable, type SnapshotsTable } from './snapshots-table.ts';
import { createDamageError } from './sqlite-errors.ts';

const STORE_FILE = 'ballast.db';
const DATA_KEY_LENGTH = 32;

export interface Store {
  readonly portfolios: PortfoliosTable;
  readonly accounts: AccountsTable;
  readonly settings: SettingsTable;
  readonly networks: NetworksTable;
  readonly observations: ObservationsTable;
  readonly runs: RunsTable;
  readonly snapshots: SnapshotsTable;
  readonly market: MarketTable;
  readonly catalog: CatalogTable;
  readonly bitcoin: BitcoinTable;
  /** Removes it with all that hangs on it. A portfolio is not hung on its network: who calls sees to that. */
  remove(kind: Removable, id: string): Removed;
  /** Brings back exactly what {@link remove} took. */
  putBack(removed: Removed): void;
  /** Several writes as one: all of them or none. */
  transact<T>(work: () => T): T;
  close(): void;
}

function loadSealer(db: Database): Sealer {
  const key = db.prepare('SELECT data_key FROM store_key WHERE id = 1').get()?.['data_key'];
  if (!(key instanceof Uint8Array) || key.length !== DATA_KEY_LENGTH) throw createDamageError('no store key');
  return createSealer(key);
}

/**
 * Opens the store in `dataDir`, making both where they are missing; null keeps everything in memory.
 * @throws AppError store-locked, store-newer, store-unreadable
 */
export function openStore(dataDir: string | null): Store {
  const db = openDatabase(dataDir === null ? IN_MEMORY : join(dataDir, STORE_FILE));
  try {
    const sealer = loadSealer(db);
    const removal = createRemoval(db);
    const networks = createNetworksTable(db, sealer);
    return {
      portfolios: createPortfoliosTable(db, sealer),
      accounts: createAccountsTable(db, sealer),
      settings: createSettingsTable(db, sealer),
      networks,
      observations: createObservationsTable(db, sealer),
      runs: createRunsTable(db, sealer),
      snapshots: createSnapshotsTable(db, sealer),
      market: createMarketTable(db, sealer),
      catalog: createCatalogTable(db, sealer),
      bitcoin: createBitcoinTable(db, sealer),
      remove: (kind, id) => removal.remove(kind, kind === 'network' ? networks.rowOf(id) : id),
      putBack: removal.putBack,
      transact: db.transact,
      close: db.close,
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
