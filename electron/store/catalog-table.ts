/** What refreshes of the catalogue brought, with their history, and how the last one went. */
import { z } from 'zod';
import { catalogChangeSchema } from '../../shared/contract/catalog-view.ts';
import { refreshPartSchema } from '../../shared/contract/market-view.ts';
import {
  catalogObservationSchema,
  type CatalogObservation,
  type Metric,
} from '../../shared/domain/catalog.ts';
import { assetSchema } from '../../shared/domain/market.ts';
import type { Database } from './database.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';
import { createYearlyRows } from './yearly-rows.ts';

const refreshRecordSchema = z.object({
  succeededAt: z.number().nullable(),
  triedAt: z.number(),
  parts: z.array(refreshPartSchema),
  changes: z.array(catalogChangeSchema),
  /** Until when the daily prices of each asset came, Unix milliseconds. Today's price says nothing of the days before. */
  historyUntil: z.record(assetSchema, z.number()).default({}),
});
export type RefreshRecord = z.infer<typeof refreshRecordSchema>;

export interface CatalogTable {
  /** The newest observation of every protocol, product and metric. */
  listNewest(): readonly CatalogObservation[];
  /** Oldest first. */
  read(protocol: string, product: string | null, metric: Metric): readonly CatalogObservation[];
  /** One of the same day and source takes the place of the one there. */
  put(observations: readonly CatalogObservation[]): void;
  findRefresh(): RefreshRecord | null;
  putRefresh(record: RefreshRecord): void;
}

const RECORD_ID = '1';

function keyOf(protocol: string, product: string | null, metric: Metric): string[] {
  // No product is named by nothing.
  return [protocol, product ?? '', metric];
}

/** Fetched last is newest, whatever day it says. */
function compareFetched(a: CatalogObservation, b: CatalogObservation): number {
  return (a.fetchedAt ?? 0) - (b.fetchedAt ?? 0);
}

function merge(known: readonly CatalogObservation[], fresh: CatalogObservation): CatalogObservation[] {
  const isSame = ({ asOf, source }: CatalogObservation): boolean =>
    asOf === fresh.asOf && source.name === fresh.source.name;
  return [...known.filter((one) => !isSame(one)), fresh].sort(compareFetched);
}

export function createCatalogTable(db: Database, sealer: Sealer): CatalogTable {
  const rows = createYearlyRows(db, sealer, 'catalog_observations', z.array(catalogObservationSchema));
  const column = createSealedColumn(sealer, 'catalog_refresh', refreshRecordSchema, { isLarge: true });
  const findRefresh = db.prepare('SELECT sealed FROM catalog_refresh WHERE id = 1');
  const putRefresh = db.prepare(
    `INSERT INTO catalog_refresh (id, sealed) VALUES (1, ?)
     ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`,
  );
  return {
    listNewest: () =>
      rows.readNewest().flatMap((observations) => {
        const newest = observations.at(-1);
        return newest ? [newest] : [];
      }),
    read: (protocol, product, metric) =>
      rows.read(keyOf(protocol, product, metric)).flatMap(({ content }) => content),
    put(observations) {
      db.transact(() => {
        for (const one of observations) {
          const key = keyOf(one.protocol, one.product, one.metric);
          const year = Number(one.asOf.slice(0, 4));
          rows.put(key, year, merge(rows.find(key, year) ?? [], one));
        }
      });
    },
    findRefresh() {
      const row = findRefresh.get();
      return row ? column.unseal(RECORD_ID, row['sealed']) : null;
    },
    putRefresh(record) {
      db.transact(() => putRefresh.run(column.seal(RECORD_ID, record)));
    },
  };
}
