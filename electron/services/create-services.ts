/** Builds the services in the order in which they need each other. */
import type { AppEvent } from '../../shared/contract/methods.ts';
import type { ApiHost } from '../../shared/contract/settings.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { Hazards } from '../../shared/domain/hazards.ts';
import type { Host } from '../host.ts';
import { createJobRunner, type JobClock } from '../jobs.ts';
import type { FetchJson } from '../market/fetch-json.ts';
import type { Store } from '../store/store.ts';
import { createAccounts } from './accounts.ts';
import { createBitcoin } from './bitcoin.ts';
import { createBitcoinFollow } from './bitcoin-follow.ts';
import { createCatalog } from './catalog.ts';
import { createCatalogRefresh } from './catalog-refresh.ts';
import { createChanges } from './changes.ts';
import { createComparison } from './comparison.ts';
import { createExits } from './exits.ts';
import { createHistory, type HistoryFiles } from './history.ts';
import { createMarket } from './market.ts';
import { createNetworks, type NetworkFiles } from './networks.ts';
import { createNodes } from './nodes.ts';
import { createObserve } from './observe.ts';
import { createPortfolios } from './portfolios.ts';
import { createPriceBook } from './price-book.ts';
import type { BitcoinReader, ChainReader, Domain, Engine, Sample } from './readers.ts';
import { createReadings } from './readings.ts';
import { createReports, type ReportWriters } from './reports.ts';
import type { Services } from './services.ts';
import { createSettings } from './settings.ts';
import { createSnapshots } from './snapshots.ts';
import { createStress, type PresetMaker } from './stress.ts';
import { createStudies } from './studies.ts';
import { createTableFiles } from './table-file.ts';
import { createUndoStack } from './undo.ts';

export interface ServiceParts {
  readonly store: Store;
  readonly sample: Sample;
  readonly files: NetworkFiles;
  readonly chain: ChainReader;
  readonly bitcoin: BitcoinReader;
  readonly domain: Domain;
  readonly engine: Engine;
  readonly presets: PresetMaker;
  readonly hazards: Hazards;
  readonly catalog: Catalog;
  /** Reaches the public API; asks before every request whether the host is allowed. */
  readonly connectApi: (isAllowed: (host: ApiHost) => boolean) => FetchJson;
  /** Hosts allowed for as long as the program runs, beside those of the settings. */
  readonly allowedHosts: readonly ApiHost[];
  readonly writers: ReportWriters;
  readonly historyFiles: HistoryFiles;
  readonly host: () => Host;
  readonly clock: JobClock;
  readonly randomId: () => string;
  readonly randomTicket: () => string;
  readonly version: string;
  readonly emit: (event: AppEvent) => void;
  /** Aborts when the program ends. */
  readonly signal: AbortSignal;
}

export function createServices(parts: ServiceParts): Services {
  const now = (): number => parts.clock.now();
  const changes = createChanges(parts.emit);
  const jobs = createJobRunner({
    clock: parts.clock,
    randomId: parts.randomId,
    onChange: (job) => parts.emit({ kind: 'job', job }),
  });
  const undo = createUndoStack(changes);
  const base = { ...parts, now, changes, jobs, undo };
  const networks = createNetworks(base);
  const nodes = createNodes({ ...base, networks });
  const settings = createSettings({ ...base, networks });
  const portfolios = createPortfolios({ ...base, networks });
  const bitcoin = createBitcoin({ ...base, networks });
  const accounts = createAccounts({ ...base, portfolios, nodes, bitcoin });
  const book = createPriceBook(parts);
  const follow = createBitcoinFollow(base);
  const readings = createReadings({ ...base, portfolios, accounts, book, follow });
  const prices = book.forHistory;
  const snapshots = createSnapshots({ ...base, accounts, prices, book });
  const observe = createObserve({ ...base, portfolios, accounts, nodes, bitcoin, follow, snapshots, book });
  const stress = createStress({ ...base, portfolios, readings });
  const studies = createStudies({ ...base, portfolios, readings });
  const exits = createExits({ readings });
  const history = createHistory({ ...base, portfolios, accounts, snapshots, prices });
  const isHostAllowed = (host: ApiHost): boolean =>
    parts.allowedHosts.includes(host) || parts.store.settings.read().allowedHosts.includes(host);
  const fetchJson = parts.connectApi(isHostAllowed);
  const refresh = createCatalogRefresh({ ...base, prices: book, fetchJson, isHostAllowed });
  const catalog = createCatalog({
    catalog: parts.catalog,
    incidents: parts.presets.incidents,
    refreshed: () => refresh.refreshed(),
  });
  const market = createMarket({
    ...base,
    prices: book,
    incidents: parts.presets.incidents,
    refreshStatus: () => refresh.status(),
  });
  const reports = createReports({ ...base, portfolios, readings, stress, studies });
  const tables = createTableFiles(base);
  const comparison = createComparison({ ...base, catalog: () => catalog.get().catalog });
  return {
    portfolios,
    accounts,
    bitcoin,
    settings,
    networks,
    nodes,
    observe,
    readings,
    stress,
    studies,
    exits,
    history,
    reports,
    catalog,
    refresh,
    market,
    comparison,
    tables,
    jobs,
    undo,
  };
}
