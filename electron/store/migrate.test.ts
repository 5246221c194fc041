import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';

const open: DatabaseSync[] = [];

function openFresh(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  open.push(db);
  return db;
}

function schemaOf(db: DatabaseSync): unknown {
  return {
    version: db.prepare('PRAGMA user_version').get()?.['user_version'],
    tables: db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all(),
    key: db.prepare('SELECT * FROM store_key').get(),
  };
}

afterEach(() => {
  for (const db of open.splice(0)) db.close();
});

describe('migrations', () => {
  it('build the schema of a fresh database', () => {
    const db = openFresh();
    migrate(db);
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    expect(tables.map(({ name }) => name)).toEqual([
      'accounts',
      'babylon_files',
      'bitcoin_headers',
      'bitcoin_wallets',
      'catalog_observations',
      'catalog_refresh',
      'market_points',
      'market_readings',
      'networks',
      'observations',
      'portfolios',
      'refresh_failures',
      'runs',
      'settings',
      'snapshots',
      'store_key',
    ]);
  });

  it('change nothing the second time, not even when the version was lost', () => {
    const db = openFresh();
    migrate(db);
    const before = schemaOf(db);
    migrate(db);
    expect(schemaOf(db)).toEqual(before);
    db.exec('PRAGMA user_version = 0');
    migrate(db);
    expect(schemaOf(db)).toEqual(before);
  });

  it('run only the steps that are missing, in order', () => {
    const db = openFresh();
    const applied: number[] = [];
    const step = (version: number): Migration => ({ version, apply: () => void applied.push(version) });
    migrate(db, [step(1), step(2)]);
    migrate(db, [step(1), step(2), step(3)]);
    expect(applied).toEqual([1, 2, 3]);
  });

  it('leave no half of a step that failed', () => {
    const db = openFresh();
    const broken: Migration = {
      version: 1,
      apply: (target) => {
        target.exec('CREATE TABLE half (x)');
        throw new Error('power cut');
      },
    };
    expect(() => migrate(db, [broken])).toThrow('power cut');
    expect(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']).toBe(0);
    expect(db.prepare('PRAGMA user_version').get()?.['user_version']).toBe(0);
  });

  it('refuse a database of a newer version', () => {
    const db = openFresh();
    migrate(db);
    db.exec('PRAGMA user_version = 999');
    expect(() => migrate(db)).toThrow(AppError);
    expect(() => migrate(db)).toThrow(expect.objectContaining({ code: 'store-newer' }));
  });
});
