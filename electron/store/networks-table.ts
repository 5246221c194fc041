import { z } from 'zod';
import { networkSchema, type Network } from '../../shared/domain/network.ts';
import type { Database, Row } from './database.ts';
import { readNumber, readText } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

const contentSchema = z.object({ id: z.string(), network: networkSchema });

export interface StoredNetwork {
  readonly id: string;
  readonly createdAt: number;
  readonly network: Network;
}

export interface NetworksTable {
  /** Imported network files, oldest first. */
  list(): readonly StoredNetwork[];
  find(id: string): StoredNetwork | null;
  insert(stored: StoredNetwork): void;
  /** The id of its row: a network's own id is made of its name, which may say whose it is. */
  rowOf(id: string): string;
}

export function createNetworksTable(db: Database, sealer: Sealer): NetworksTable {
  const content = createSealedColumn(sealer, 'networks', contentSchema, { isLarge: true });
  const list = db.prepare('SELECT * FROM networks ORDER BY created_at, id');
  const find = db.prepare('SELECT * FROM networks WHERE id = ?');
  const insert = db.prepare('INSERT INTO networks (id, created_at, sealed) VALUES (?, ?, ?)');

  function read(row: Row): StoredNetwork {
    return {
      createdAt: readNumber(row, 'created_at'),
      ...content.unseal(readText(row, 'id'), row['sealed']),
    };
  }
  function rowOf(id: string): string {
    return Buffer.from(sealer.mark('networks.id', id)).toString('hex');
  }

  return {
    list: () => list.all().map(read),
    find(id) {
      const row = find.get(rowOf(id));
      return row ? read(row) : null;
    },
    insert({ id, createdAt, network }) {
      const row = rowOf(id);
      db.transact(() => insert.run(row, createdAt, content.seal(row, { id, network })));
    },
    rowOf,
  };
}
