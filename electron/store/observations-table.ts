import { appErrorSchema, type AppErrorValue } from '../../shared/contract/errors.ts';
import { observationSchema, type Observation } from '../../shared/domain/observation.ts';
import type { Database } from './database.ts';
import { readNumber, readText } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

export interface StoredObservation {
  readonly id: string;
  readonly observation: Observation;
}

export interface RefreshFailure {
  readonly failedAt: number;
  readonly error: AppErrorValue;
}

export const KEPT_READINGS = 50;
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** A whole reading is large; what is kept of each for ever is its snapshot. The newest is never among those forgotten. */
const THIN = `
  WITH kept AS (SELECT rowid AS row, read_at FROM observations WHERE portfolio_id = ?1),
    newest AS (SELECT row, read_at FROM kept ORDER BY row DESC LIMIT 1)
  DELETE FROM observations
  WHERE portfolio_id = ?1
    AND id IN (SELECT id FROM snapshots WHERE portfolio_id = ?1)
    -- Their prices are kept with the market's.
    AND id IN (SELECT observation_id FROM market_readings)
    AND rowid NOT IN (SELECT row FROM kept ORDER BY row DESC LIMIT ?2)
    AND rowid NOT IN (
      SELECT max(row) FROM kept
      WHERE read_at >= (SELECT read_at FROM newest) - ?3
      GROUP BY read_at / ${DAY_MS})`;

export interface ObservationsTable {
  /** Id of the newest reading; cheap, for deciding whether a kept view is still true. */
  latestId(portfolioId: string): string | null;
  get(id: string): StoredObservation | null;
  count(portfolioId: string): number;
  /** Keeps a reading beside the earlier ones, and forgets the failure before it. */
  insert(portfolioId: string, stored: StoredObservation): void;
  /** Ids of the readings nothing is kept of for ever yet, oldest first. */
  listWithoutSnapshot(portfolioId: string): readonly string[];
  /**
   * Forgets old readings that a snapshot was kept of: all but the newest {@link KEPT_READINGS}, and the last of each day of
   * the {@link KEPT_DAYS} before the newest.
   */
  thin(portfolioId: string): void;
  findFailure(portfolioId: string): RefreshFailure | null;
  /** Notes that a refresh failed; the readings stay. */
  putFailure(portfolioId: string, failure: RefreshFailure): void;
}

export function createObservationsTable(db: Database, sealer: Sealer): ObservationsTable {
  const reading = createSealedColumn(sealer, 'observations', observationSchema, { isLarge: true });
  const failure = createSealedColumn(sealer, 'refresh_failures', appErrorSchema, { isLarge: false });
  // The one stored last is the newest, whatever the clock said: a clock can be set back.
  const latest = db.prepare('SELECT id FROM observations WHERE portfolio_id = ? ORDER BY rowid DESC LIMIT 1');
  const get = db.prepare('SELECT sealed FROM observations WHERE id = ?');
  const count = db.prepare('SELECT count(*) AS n FROM observations WHERE portfolio_id = ?');
  const insert = db.prepare(
    'INSERT INTO observations (id, portfolio_id, read_at, sealed) VALUES (?, ?, ?, ?)',
  );
  const listWithoutSnapshot = db.prepare(
    `SELECT id FROM observations WHERE portfolio_id = ? AND id NOT IN (SELECT id FROM snapshots) ORDER BY rowid`,
  );
  const thin = db.prepare(THIN);
  const findFailure = db.prepare('SELECT * FROM refresh_failures WHERE portfolio_id = ?');
  const dropFailure = db.prepare('DELETE FROM refresh_failures WHERE portfolio_id = ?');
  const putFailure = db.prepare(
    `INSERT INTO refresh_failures (portfolio_id, failed_at, sealed) VALUES (?, ?, ?)
     ON CONFLICT (portfolio_id) DO UPDATE SET failed_at = excluded.failed_at, sealed = excluded.sealed`,
  );

  return {
    latestId(portfolioId) {
      const row = latest.get(portfolioId);
      return row ? readText(row, 'id') : null;
    },
    get(id) {
      const row = get.get(id);
      return row ? { id, observation: reading.unseal(id, row['sealed']) } : null;
    },
    count: (portfolioId) => Number(count.get(portfolioId)?.['n']),
    insert(portfolioId, { id, observation }) {
      const sealed = reading.seal(id, observation);
      db.transact(() => {
        insert.run(id, portfolioId, observation.readAt, sealed);
        dropFailure.run(portfolioId);
      });
    },
    listWithoutSnapshot: (portfolioId) =>
      listWithoutSnapshot.all(portfolioId).map((row) => readText(row, 'id')),
    thin: (portfolioId) => void thin.run(portfolioId, KEPT_READINGS, KEPT_DAYS * DAY_MS),
    findFailure(portfolioId) {
      const row = findFailure.get(portfolioId);
      if (!row) return null;
      return { failedAt: readNumber(row, 'failed_at'), error: failure.unseal(portfolioId, row['sealed']) };
    },
    putFailure(portfolioId, { failedAt, error }) {
      db.transact(() => putFailure.run(portfolioId, failedAt, failure.seal(portfolioId, error)));
    },
  };
}
