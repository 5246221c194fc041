/**
 * A history as CSV (RFC 4180, UTF-8): a row for each position of each snapshot, and one for each account that says what was
 * read of it. Reading the file back gives the same history.
 */
import { ETH_UNIT, USD_UNIT } from '../../shared/domain/figure.ts';
import type { Snapshot, SnapshotAccount, SnapshotPosition } from '../../shared/domain/history/snapshot.ts';
import { usdOfWei, weiOfTokens } from '../../shared/domain/units.ts';
import { toDecimalText } from '../../shared/format/numbers.ts';
import {
  ACCOUNT_ROW,
  HISTORY_COLUMNS,
  SYNTHETIC_ORIGIN,
  writeTextCell,
  type HistoryColumn,
} from './history-columns.ts';

type Cells = Partial<Record<HistoryColumn, string>>;

/** Oldest first. Empty cells are unknown, never zero; `not_known` says which and why. */
export function renderHistoryCsv(snapshots: readonly Snapshot[]): Uint8Array {
  const lines = snapshots.flatMap((snapshot) => {
    const common = writeCommonCells(snapshot);
    const names = new Map(snapshot.accounts.map(({ address, name }) => [address, name]));
    return [
      ...snapshot.accounts.map((account) => writeRow({ ...common, ...writeAccount(account, snapshot) })),
      ...snapshot.positions.map((position) =>
        writeRow({ ...common, ...writePosition(position, snapshot, names.get(position.address) ?? '') }),
      ),
    ];
  });
  return new TextEncoder().encode([HISTORY_COLUMNS.join(','), ...lines, ''].join('\r\n'));
}

function writeRow(cells: Cells): string {
  return HISTORY_COLUMNS.map((column) => cells[column] ?? '').join(',');
}

function writeCommonCells(snapshot: Snapshot): Cells {
  return {
    time_utc: new Date(snapshot.at).toISOString(),
    block: snapshot.block?.toString() ?? '',
    eth_usd: writeNumber(snapshot.ethUsd, 8),
    btc_usd: writeNumber(snapshot.btcUsd, 8),
    read_at_utc: new Date(snapshot.readAt).toISOString(),
    origin: writeTextCell(describeOrigin(snapshot)),
  };
}

/** A file that was imported keeps what it said of itself. */
function describeOrigin({ origin }: Snapshot): string {
  if (origin.kind === 'synthetic') return SYNTHETIC_ORIGIN;
  if (origin.kind === 'refresh') return `${origin.network}, ${origin.endpoint}`;
  return origin.said === '' ? `imported from ${origin.file}` : origin.said;
}

function writeAccount({ address, name, read }: SnapshotAccount, { whyNoPrice }: Snapshot): Cells {
  return {
    account: writeTextCell(name),
    address: writeTextCell(address),
    state: ACCOUNT_ROW,
    read: writeTextCell(read.join(' ')),
    not_known: whyNoPrice === null ? '' : `eth_usd: ${whyNoPrice}`,
  };
}

function writePosition(position: SnapshotPosition, { ethUsd }: Snapshot, accountName: string): Cells {
  const { address, instrument, symbol, decimals, protocol, state, amount, rate, market, shares } = position;
  const wei = amount === null || rate === null ? null : weiOfTokens(amount, decimals, rate);
  return {
    account: writeTextCell(accountName),
    address: writeTextCell(address),
    instrument: writeTextCell(instrument),
    symbol: writeTextCell(symbol),
    decimals: String(decimals),
    protocol: writeTextCell(protocol ?? ''),
    state,
    amount: writeNumber(amount, decimals),
    rate_eth: writeNumber(rate, 18),
    rate_btc: writeNumber(position.btcRate ?? null, 18),
    market_eth: writeNumber(market, 18),
    deposit_shares: writeNumber(shares?.deposit ?? null, 18),
    withdrawable_shares: writeNumber(shares?.withdrawable ?? null, 18),
    book_eth: writeNumber(wei, ETH_UNIT.decimals),
    book_usd: writeNumber(wei === null || ethUsd === null ? null : usdOfWei(wei, ethUsd), USD_UNIT.decimals),
    not_known: position.why === null ? '' : `${amount === null ? 'amount' : 'rate_eth'}: ${position.why}`,
  };
}

function writeNumber(value: bigint | null, decimals: number): string {
  return value === null ? '' : toDecimalText(value, decimals);
}
