/**
 * Prices and refreshed figures of the catalogue. Which assets somebody imports a history of says what they hold, so a
 * series is found by a keyed hash (`series_mark`) and its name is under the seal with its points. One row holds a year
 * of one series: ten years of daily prices are ten rows, not thousands of seals. In the clear stand years and sizes.
 */
import type { Migration } from './migration.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS market_points (
    series_mark BLOB NOT NULL,
    year INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (series_mark, year)
  ) STRICT;

  -- Readings whose prices and rates are among the points already.
  CREATE TABLE IF NOT EXISTS market_readings (
    observation_id TEXT PRIMARY KEY REFERENCES observations (id) ON DELETE CASCADE
  ) STRICT;

  CREATE TABLE IF NOT EXISTS catalog_observations (
    series_mark BLOB NOT NULL,
    year INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (series_mark, year)
  ) STRICT;

  CREATE TABLE IF NOT EXISTS catalog_refresh (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sealed BLOB NOT NULL
  ) STRICT;
`;

export const market: Migration = { version: 2, apply: (db) => db.exec(SCHEMA) };
