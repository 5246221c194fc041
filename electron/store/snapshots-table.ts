import { z } from 'zod';
import { snapshotSchema, type Snapshot } from '../../shared/domain/history/snapshot.ts';
import type { Database, Row } from './database.ts';
import { readNumber, readText } from './rows.ts';
import { createSealedColumn, type Sealer } from './sealing.ts';

/** What can be told of a snapshot without opening it. */
export interface SnapshotRef {
  readonly id: string;
  /** Unix milliseconds of which its figures are. */
  readonly at: number;
  /** Null: of a reading. */
  readonly importId: string | null;
}

export interface StoredSnapshot extends Omit<SnapshotRef, 'at'> {
  readonly snapshot: Snapshot;
}

export interface SnapshotsTable {
  /** Oldest first; of the same time, the one kept first comes first. */
  list(portfolioId: string): readonly SnapshotRef[];
  get(id: string): Snapshot | null;
  insert(portfolioId: string, stored: StoredSnapshot): void;
}

const { accounts: _accounts, positions: _positions, ...headFields } = snapshotSchema.shape;
const { instrument, symbol, decimals, protocol, state, why } = snapshotSchema.shape.positions.element.shape;
const units = z.string().regex(/^\d+$/u).nullable();

/** Rows without names, because thousands of snapshots are opened at once and each would repeat them for every position. */
const packedSchema = z.object({
  ...headFields,
  accounts: z.array(z.tuple([z.string(), z.string(), z.array(z.string())])),
  positions: z.array(
    z.tuple([
      z.string(),
      instrument,
      symbol,
      decimals,
      protocol,
      state,
      /** Amount, rate, market, deposit shares, withdrawable shares. */
      z.tuple([units, units, units, units, units]),
      why,
    ]),
  ),
});
type Packed = z.infer<typeof packedSchema>;

function pack({ accounts, positions, ...head }: Snapshot): Packed {
  const text = (value: bigint | null): string | null => value?.toString() ?? null;
  return {
    ...head,
    accounts: accounts.map(({ address, name, read }) => [address, name, read]),
    positions: positions.map((position) => {
      const { amount, rate, market, shares } = position;
      const numbers = [amount, rate, market, shares?.deposit ?? null, shares?.withdrawable ?? null] as const;
      const [a, b, c, d, e] = numbers;
      return [
        position.address,
        position.instrument,
        position.symbol,
        position.decimals,
        position.protocol,
        position.state,
        [text(a), text(b), text(c), text(d), text(e)],
        position.why,
      ];
    }),
  };
}

function unpack({ accounts, positions, ...head }: Packed): Snapshot {
  const number = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return {
    ...head,
    accounts: accounts.map(([address, name, read]) => ({ address, name, read })),
    positions: positions.map(([address, instrumentId, token, places, issuer, inState, numbers, reason]) => {
      const [amount, rate, market, deposit, withdrawable] = numbers;
      return {
        address,
        instrument: instrumentId,
        symbol: token,
        decimals: places,
        protocol: issuer,
        state: inState,
        amount: number(amount),
        rate: number(rate),
        market: number(market),
        shares:
          deposit === null || withdrawable === null
            ? null
            : { deposit: BigInt(deposit), withdrawable: BigInt(withdrawable) },
        why: reason,
      };
    }),
  };
}

function readRef(row: Row): SnapshotRef {
  const importId = row['import_id'] === null ? null : readText(row, 'import_id');
  return { id: readText(row, 'id'), at: readNumber(row, 'at'), importId };
}

export function createSnapshotsTable(db: Database, sealer: Sealer): SnapshotsTable {
  const content = createSealedColumn(sealer, 'snapshots', packedSchema, { isLarge: true });
  const list = db.prepare(
    'SELECT id, at, import_id FROM snapshots WHERE portfolio_id = ? ORDER BY at, rowid',
  );
  const get = db.prepare('SELECT sealed FROM snapshots WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO snapshots (id, portfolio_id, at, import_id, sealed) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    list: (portfolioId) => list.all(portfolioId).map(readRef),
    get(id) {
      const row = get.get(id);
      return row ? unpack(content.unseal(id, row['sealed'])) : null;
    },
    insert(portfolioId, { id, importId, snapshot }) {
      insert.run(id, portfolioId, snapshot.at, importId, content.seal(id, pack(snapshot)));
    },
  };
}
