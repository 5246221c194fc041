/** Refreshing the catalogue: the job, what it keeps, and what is shown of it afterwards. */
import type { CatalogChange } from '../../shared/contract/catalog-view.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { RefreshStatus } from '../../shared/contract/market-view.ts';
import { API_HOSTS, type ApiHost } from '../../shared/contract/settings.ts';
import {
  findObservation,
  type Catalog,
  type CatalogObservation,
  type Metric,
} from '../../shared/domain/catalog.ts';
import { refreshCatalog } from '../catalog/refresh-catalog.ts';
import type { JobContext, JobRunner } from '../jobs.ts';
import type { FetchJson } from '../market/fetch-json.ts';
import { createLlama } from '../market/llama.ts';
import type { Store } from '../store/store.ts';
import type { Refreshed } from './catalog.ts';
import type { Changes } from './changes.ts';
import type { PriceBook } from './price-book.ts';

export interface CatalogRefresh {
  /** Starts asking, or hands back the refresh under way. @throws AppError host-not-allowed where none is allowed */
  start(): Job;
  status(): RefreshStatus;
  /** What is laid over the bundled catalogue. */
  refreshed(): Refreshed;
  /** Bundled and refreshed, oldest first. */
  history(protocol: string, product: string | null, metric: Metric): readonly CatalogObservation[];
}

interface Parts {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  readonly fetchJson: FetchJson;
  readonly isHostAllowed: (host: ApiHost) => boolean;
  readonly jobs: JobRunner;
  readonly changes: Changes;
  readonly now: () => number;
}

const DAY_MS = 86_400_000;

/** With its unit: a size in ETH did not become one in dollars. */
function keyOf({ protocol, product, metric, unit }: CatalogObservation): string {
  return [protocol, product ?? '', metric, unit].join(' ');
}

/** The later of the list counts where two are of one day. */
function findLast(observations: readonly CatalogObservation[]): Map<string, CatalogObservation> {
  const last = new Map<string, CatalogObservation>();
  for (const one of observations) {
    const before = last.get(keyOf(one));
    if (before === undefined || one.asOf >= before.asOf) last.set(keyOf(one), one);
  }
  return last;
}

/** A figure of a whole protocol takes the place of the one shown for it until then, were it of a product. */
function findShown(
  known: ReadonlyMap<string, CatalogObservation>,
  { protocol, product, metric, unit }: CatalogObservation,
): CatalogObservation | null {
  if (product !== null) return null;
  const alike = [...known.values()].filter((one) => one.unit === unit);
  return findObservation(alike, protocol, metric);
}

export function createCatalogRefresh(parts: Parts): CatalogRefresh {
  const { store, catalog, prices, fetchJson, isHostAllowed, jobs, changes, now } = parts;
  const llama = createLlama(fetchJson, now);
  /** Opened once, as long as no refresh writes. */
  let newest: readonly CatalogObservation[] | null = null;

  /** Fetched while the clock of this machine ran ahead: it would stay the newest until that day comes. */
  const isAhead = ({ fetchedAt }: CatalogObservation): boolean => (fetchedAt ?? 0) > now() + DAY_MS;

  function listFetched({
    protocol,
    product,
    metric,
  }: Pick<CatalogObservation, 'protocol' | 'product' | 'metric'>): readonly CatalogObservation[] {
    return store.catalog.read(protocol, product, metric).filter((one) => !isAhead(one));
  }

  function listNewest(): readonly CatalogObservation[] {
    newest ??= store.catalog
      .listNewest()
      .flatMap((one) => (isAhead(one) ? listFetched(one).slice(-1) : [one]));
    return newest;
  }

  function listChanges(fresh: readonly CatalogObservation[]): CatalogChange[] {
    const known = findLast([...catalog.observations, ...listNewest()]);
    return fresh.flatMap((after) => {
      const before = known.get(keyOf(after)) ?? findShown(known, after);
      const isSame = before !== null && before.low === after.low && before.high === after.high;
      const { protocol, product, metric } = after;
      return isSame ? [] : [{ protocol, product, metric, before, after }];
    });
  }

  async function refresh({ signal, report }: JobContext): Promise<null> {
    const askedAt = now();
    const { historyUntil = {} } = store.catalog.findRefresh() ?? {};
    const output = await refreshCatalog({
      catalog,
      llama,
      isAllowed: isHostAllowed,
      historyUntil: (asset) => historyUntil[asset] ?? null,
      now,
      signal,
      report: (progress, part) => report(progress, `jobs.step.catalog.${part}`),
    });
    signal.throwIfAborted();
    report(1, 'jobs.step.catalog.keeping');
    const triedAt = now();
    const before = store.catalog.findRefresh();
    const failed = output.parts.filter(({ error }) => error !== null);
    const isFailure = failed.length === output.parts.length;
    store.transact(() => {
      store.catalog.putRefresh({
        succeededAt: isFailure ? (before?.succeededAt ?? null) : triedAt,
        triedAt,
        parts: [...output.parts],
        // What a try that brought nothing would show as changed is what the one before it changed.
        changes: isFailure ? (before?.changes ?? []) : listChanges(output.observations),
        historyUntil: {
          ...historyUntil,
          ...Object.fromEntries(output.histories.map((asset) => [asset, askedAt])),
        },
      });
      store.catalog.put(output.observations);
      prices.put(output.prices);
    });
    newest = null;
    changes.tellMarket();
    const [first] = failed;
    if (isFailure && first?.error) {
      const { code, message, detail, help, retryable } = first.error;
      throw new AppError(code, message, {
        ...(detail === undefined ? {} : { detail }),
        ...(help === undefined ? {} : { help }),
        retryable,
      });
    }
    return null;
  }

  return {
    start() {
      if (!API_HOSTS.some(isHostAllowed)) {
        throw new AppError('host-not-allowed', 'You have not allowed Ballast to ask any public host.', {
          help: `Allow ${API_HOSTS.join(', ')} under Settings, or with --allow-host on the command line. Nothing was sent.`,
        });
      }
      return jobs.start({
        kind: 'catalog',
        portfolioId: null,
        step: 'jobs.step.catalog.yields',
        isShared: true,
        work: refresh,
      });
    },
    status() {
      const record = store.catalog.findRefresh();
      return {
        succeededAt: record?.succeededAt ?? null,
        triedAt: record?.triedAt ?? null,
        parts: record?.parts ?? [],
        changes: record?.changes ?? [],
        hosts: API_HOSTS.map((host) => ({ host, isAllowed: isHostAllowed(host) })),
      };
    },
    refreshed() {
      const record = store.catalog.findRefresh();
      const failed = record?.parts.find(({ error }) => error !== null);
      return {
        observations: listNewest(),
        refreshedAt: record?.succeededAt ?? null,
        failure: record && failed?.error ? { at: record.triedAt, error: failed.error } : null,
        isAllowed: API_HOSTS.every(isHostAllowed),
        changes: record?.changes ?? [],
      };
    },
    history(protocol, product, metric) {
      const bundled = catalog.observations.filter(
        (one) => one.protocol === protocol && one.product === product && one.metric === metric,
      );
      const all = [...bundled, ...listFetched({ protocol, product, metric })];
      return all.sort((a, b) => a.asOf.localeCompare(b.asOf) || (a.fetchedAt ?? 0) - (b.fetchedAt ?? 0));
    },
  };
}
