import { z } from 'zod';
import { decode, encode } from '../../shared/contract/codec.ts';
import {
  DEFAULT_SETTINGS,
  settingSchemas,
  settingsSchema,
  type Settings,
} from '../../shared/contract/settings.ts';
import type { Database } from './database.ts';
import { readText } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

/** Before a network could have several nodes, its one URL stood in the place of the list. */
function upgrade(key: string, value: unknown): unknown {
  const earlier = key === 'rpcUrls' ? z.record(z.string(), z.string()).safeParse(value) : null;
  if (earlier?.success !== true) return value;
  return Object.fromEntries(Object.entries(earlier.data).map(([networkId, url]) => [networkId, [url]]));
}

export interface SettingsTable {
  /** Every setting; the default where nothing was stored. */
  read(): Settings;
  write(changes: Partial<Settings>): void;
}

export function createSettingsTable(db: Database, sealer: Sealer): SettingsTable {
  // Encoded once more inside the seal: the shape of a value hangs on its key, which is checked when it is read.
  const value = createSealedColumn(sealer, 'settings', z.string(), { isLarge: false });
  const list = db.prepare('SELECT * FROM settings');
  const put = db.prepare(
    'INSERT INTO settings (key, sealed) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET sealed = excluded.sealed',
  );

  return {
    read() {
      const stored: Record<string, unknown> = {};
      for (const row of list.all()) {
        const key = readText(row, 'key');
        // A setting a later version dropped, or wrote in another shape, falls back to its default. The cast is what
        // hasOwn has just found.
        const schema = Object.hasOwn(settingSchemas, key) ? settingSchemas[key as keyof Settings] : null;
        const parsed = schema?.safeParse(upgrade(key, decode(value.unseal(key, row['sealed']))));
        if (parsed?.success) stored[key] = parsed.data;
      }
      return settingsSchema.parse({ ...DEFAULT_SETTINGS, ...stored });
    },
    write(changes) {
      db.transact(() => {
        for (const [key, item] of Object.entries(changes)) put.run(key, value.seal(key, encode(item)));
      });
    },
  };
}
