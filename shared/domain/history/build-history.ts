/**
 * Value over time from what was kept of every reading: lines that break where nothing is known, and what moved them. Pure:
 * prices that the snapshots do not hold are handed in.
 */
import { attributeHolding, joinRows, type QuotedSnapshot } from './attribute-range.ts';
import type {
  Attribution,
  HistoryBasis,
  HistoryCurrency,
  HistoryGrouping,
  HistorySeries,
  HistorySubject,
  HistoryTime,
  HistoryView,
} from './history-view.ts';
import { listNotes } from './list-notes.ts';
import { pickTimes } from './pick-times.ts';
import type { GapReason, Snapshot } from './snapshot.ts';
import {
  indexSnapshot,
  listHoldings,
  quoteOf,
  stateOfHolding,
  valueOfHolding,
  type Holding,
  type IndexedSnapshot,
} from './value-holdings.ts';

/** Two snapshots farther apart than this have a gap between them, over which no line is drawn. */
const HISTORY_GAP_MS = 14 * 86_400_000;
/** More times than this are not told one by one: a screen has no room for them. */
const MOST_TIMES = 500;

/** Prices from elsewhere, for snapshots that hold none. Null where nothing is known of that time. */
export interface HistoryPrices {
  readonly ethUsd: (at: number) => bigint | null;
  readonly btcUsd: (at: number) => bigint | null;
  /** ETH per whole token. */
  readonly market: (symbol: string, at: number) => bigint | null;
}

export const NO_PRICES: HistoryPrices = { ethUsd: () => null, btcUsd: () => null, market: () => null };

export interface HistoryQuestion {
  readonly currency: HistoryCurrency;
  readonly groupBy: HistoryGrouping;
  readonly basis: HistoryBasis;
  /** Unix milliseconds, both included; null is open. */
  readonly from: number | null;
  readonly to: number | null;
}

interface HistoryParts {
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[];
  readonly prices: HistoryPrices;
  /** What accounts are called now, by address. */
  readonly names: ReadonlyMap<string, string>;
  readonly isSynthetic: boolean;
  readonly imports: HistoryView['imports'];
}

interface Group {
  readonly id: string;
  readonly subject: HistorySubject;
  readonly holdings: readonly Holding[];
}

const TOTAL: HistorySubject = { kind: 'total' };

export function buildHistory(question: HistoryQuestion, parts: HistoryParts): HistoryView {
  const { currency, groupBy, basis } = question;
  const all = parts.snapshots;
  const [first] = all;
  const last = all.at(-1);
  const inRange = all.filter(({ at }) => at >= (question.from ?? at) && at <= (question.to ?? at));
  const quoted = inRange.map((snapshot) => quoteSnapshot(snapshot, question, parts.prices));
  // What was held before the range, and is nothing in it, counts as much as what is held.
  const holdings = listHoldings(all);
  const groups = groupHoldings(groupBy, holdings, nameAccounts(all, parts.names));
  const picked = pickTimes(
    inRange.map(({ at }) => at),
    HISTORY_GAP_MS,
    MOST_TIMES,
  );
  const shown = picked.flatMap(({ index }) => quoted[index] ?? []);
  const columns = valueColumns(holdings, shown, basis);
  const times = picked.flatMap(({ index, isAfterGap }): HistoryTime[] => {
    const snapshot = inRange[index];
    if (!snapshot) return [];
    return [{ at: snapshot.at, block: snapshot.block, origin: snapshot.origin.kind, isAfterGap }];
  });
  const series = groups.map((group) => drawGroup(group, columns, shown.length)).filter(isWorthALine);
  return {
    currency,
    groupBy,
    basis,
    isSynthetic: parts.isSynthetic,
    span: first && last ? { from: first.at, to: last.at } : null,
    count: inRange.length,
    gapMs: HISTORY_GAP_MS,
    times,
    series: series.toSorted((a, b) => compareSizes(lastValue(b), lastValue(a))),
    total: drawGroup({ id: 'total', subject: TOTAL, holdings }, columns, shown.length),
    attribution: attributeAll(groups, holdings, quoted, basis),
    notes: listNotes({
      snapshots: inRange,
      quoted,
      shownCount: times.length,
      question,
      gapMs: HISTORY_GAP_MS,
      isSynthetic: parts.isSynthetic,
      names: nameAccounts(all, parts.names),
      holdings,
    }),
    imports: parts.imports,
  };
}

/** Snapshots never change: what one says of its holdings is found once, as long as somebody holds it. */
const indexes = new WeakMap<Snapshot, IndexedSnapshot>();

function indexOnce(snapshot: Snapshot): IndexedSnapshot {
  const known = indexes.get(snapshot);
  if (known) return known;
  const indexed = indexSnapshot(snapshot);
  indexes.set(snapshot, indexed);
  return indexed;
}

function quoteSnapshot(
  snapshot: Snapshot,
  { currency, basis }: HistoryQuestion,
  prices: HistoryPrices,
): QuotedSnapshot {
  const { at } = snapshot;
  const ethUsd = snapshot.ethUsd ?? (currency === 'ETH' ? null : prices.ethUsd(at));
  const btcUsd = snapshot.btcUsd ?? (currency === 'BTC' ? prices.btcUsd(at) : null);
  const quote = quoteOf(currency, { ethUsd, btcUsd });
  const positions =
    basis === 'book'
      ? snapshot.positions
      : snapshot.positions.map((position) =>
          position.market === null && position.state === 'held'
            ? { ...position, market: prices.market(position.symbol, at) }
            : position,
        );
  const why = quote === 'no-price' ? (snapshot.whyNoPrice ?? quote) : quote;
  const indexed =
    positions === snapshot.positions ? indexOnce(snapshot) : indexSnapshot({ ...snapshot, positions });
  return { indexed, quote: why };
}

/** Today's name where there is one, else the newest that a snapshot knows. */
function nameAccounts(
  snapshots: readonly Snapshot[],
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { accounts } of snapshots) for (const { address, name } of accounts) found.set(address, name);
  for (const [address, name] of names) found.set(address, name);
  return found;
}

function groupHoldings(
  groupBy: HistoryGrouping,
  holdings: readonly Holding[],
  names: ReadonlyMap<string, string>,
): readonly Group[] {
  if (groupBy === 'total') return [{ id: 'total', subject: TOTAL, holdings }];
  if (groupBy === 'position') {
    return holdings.map((holding) => {
      const { key, symbol, stage, protocol, address } = holding;
      const accountName = names.get(address) ?? address;
      const subject: HistorySubject = { kind: 'position', symbol, accountName, stage, protocol };
      return { id: key, subject, holdings: [holding] };
    });
  }
  const byProtocol = Map.groupBy(holdings, ({ protocol }) => protocol);
  return [...byProtocol].map(([protocol, members]) => ({
    id: `protocol:${protocol ?? ''}`,
    subject: { kind: 'protocol', protocol },
    holdings: members,
  }));
}

type Column = readonly (bigint | GapReason)[];

/** Each holding's value at each time that is shown. */
function valueColumns(
  holdings: readonly Holding[],
  shown: readonly QuotedSnapshot[],
  basis: HistoryBasis,
): ReadonlyMap<string, Column> {
  return new Map(
    holdings.map((holding) => [
      holding.key,
      shown.map(({ indexed, quote }) =>
        valueOfHolding(holding, stateOfHolding(holding, indexed), quote, basis),
      ),
    ]),
  );
}

/**
 * Sum of a group at each time. One unknown holding makes the sum unknown; one that was not watched is no part of it;
 * where none was watched there is no sum.
 */
function drawGroup(
  { id, subject, holdings }: Group,
  columns: ReadonlyMap<string, Column>,
  count: number,
): HistorySeries {
  const members = holdings.map(({ key }) => columns.get(key) ?? []);
  const points = Array.from({ length: count }, (_, index) => sumAt(members, index));
  const unknown: HistorySeries['unknown'] = [];
  for (const [index, point] of points.entries()) {
    if (typeof point !== 'string') continue;
    const before = unknown.at(-1);
    if (before && before.to === index - 1 && before.why === point) before.to = index;
    else unknown.push({ from: index, to: index, why: point });
  }
  return { id, subject, values: points.map((point) => (typeof point === 'string' ? null : point)), unknown };
}

function sumAt(members: readonly Column[], index: number): bigint | GapReason {
  let sum = 0n;
  let isWatched = false;
  for (const column of members) {
    const value = column[index] ?? 'not-watched';
    if (value === 'not-watched') continue;
    if (typeof value === 'string') return value;
    isWatched = true;
    sum += value;
  }
  return isWatched ? sum : 'not-watched';
}

/** A list that could not be read once stands among the holdings without ever being one. */
function isWorthALine({ values }: HistorySeries): boolean {
  return values.some((value) => value !== null && value > 0n);
}

function lastValue({ values }: HistorySeries): bigint {
  return values.findLast((value) => value !== null) ?? 0n;
}

function compareSizes(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function attributeAll(
  groups: readonly Group[],
  holdings: readonly Holding[],
  snapshots: readonly QuotedSnapshot[],
  basis: HistoryBasis,
): Attribution | null {
  const first = snapshots[0];
  const last = snapshots.at(-1);
  if (!first || !last || first === last) return null;
  const changes = new Map(
    holdings.flatMap((holding) => {
      const change = attributeHolding(holding, snapshots, basis);
      return change === null || isNothing(change) ? [] : [[holding.key, change] as const];
    }),
  );
  const changesOf = ({ holdings: members }: Pick<Group, 'holdings'>) =>
    members.flatMap(({ key }) => changes.get(key) ?? []);
  const rows = groups.flatMap((group) => {
    const members = changesOf(group);
    const [only] = members;
    if (!only) return [];
    return group.subject.kind === 'position'
      ? [{ id: group.id, subject: group.subject, ...only, leftOut: 0 }]
      : [joinRows(group.id, group.subject, members)];
  });
  return {
    from: first.indexed.snapshot.at,
    to: last.indexed.snapshot.at,
    rows: rows.toSorted((a, b) => compareSizes(b.after ?? -1n, a.after ?? -1n)),
    total: joinRows('total', TOTAL, changesOf({ holdings })),
  };
}

/** Neither there at the start nor at the end, and nothing came by in between. */
function isNothing({ before, after, parts }: NonNullable<ReturnType<typeof attributeHolding>>): boolean {
  if (before !== 0n || after !== 0n || parts === null) return false;
  return parts.flows === 0n && parts.rewards === 0n && parts.price === 0n && parts.mixed === 0n;
}
