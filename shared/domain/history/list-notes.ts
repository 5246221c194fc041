/** What a reader of a history should know beside its numbers. */
import type { QuotedSnapshot } from './attribute-range.ts';
import type { HistoryBasis, HistoryCurrency, HistoryNote } from './history-view.ts';
import type { Snapshot } from './snapshot.ts';
import { stateOfHolding, valueOfHolding, type Holding } from './value-holdings.ts';

interface NoteParts {
  readonly snapshots: readonly Snapshot[];
  readonly quoted: readonly QuotedSnapshot[];
  readonly shownCount: number;
  readonly question: { readonly currency: HistoryCurrency; readonly basis: HistoryBasis };
  readonly gapMs: number;
  readonly isSynthetic: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly holdings: readonly Holding[];
}

const DAY = 86_400_000;

export function listNotes(parts: NoteParts): HistoryNote[] {
  const { snapshots, shownCount, isSynthetic } = parts;
  const imported = snapshots.filter(({ origin }) => origin.kind === 'imported').length;
  return [
    ...(isSynthetic ? [{ kind: 'synthetic' } as const] : []),
    ...noteGaps(parts),
    ...(imported > 0 ? [{ kind: 'imported', count: imported } as const] : []),
    ...noteAccounts(parts),
    ...notePrices(parts),
    ...noteMarket(parts),
    ...(shownCount < snapshots.length
      ? [{ kind: 'thinned', shown: shownCount, of: snapshots.length } as const]
      : []),
  ];
}

function noteGaps({ snapshots, gapMs }: NoteParts): HistoryNote[] {
  const gaps = snapshots.flatMap(({ at }, index) => {
    const before = snapshots[index - 1]?.at ?? at;
    return at - before > gapMs ? [at - before] : [];
  });
  return gaps.length === 0
    ? []
    : [{ kind: 'gaps', count: gaps.length, days: Math.floor(Math.max(...gaps) / DAY) }];
}

/** A total that jumps because an account came or went is no gain and no loss. */
function noteAccounts({ snapshots, names }: NoteParts): HistoryNote[] {
  const sets = snapshots.map(({ accounts }) => new Set(accounts.map(({ address }) => address)));
  const addresses = new Set(sets.flatMap((set) => [...set]));
  return [...addresses].flatMap((address): HistoryNote[] => {
    const name = names.get(address) ?? address;
    const firstIn = sets.findIndex((set) => set.has(address));
    const firstOut = sets.findLastIndex((set) => set.has(address)) + 1;
    const cameIn = firstIn > 0 ? snapshots[firstIn] : undefined;
    const wentOut = snapshots[firstOut];
    return [
      ...(cameIn ? [{ kind: 'account-in', name, at: cameIn.at } as const] : []),
      ...(wentOut ? [{ kind: 'account-out', name, at: wentOut.at } as const] : []),
    ];
  });
}

function notePrices({ quoted, question: { currency } }: NoteParts): HistoryNote[] {
  const count = quoted.filter(({ quote }) => typeof quote === 'string').length;
  return count === 0 || currency === 'ETH' ? [] : [{ kind: 'no-price', currency, count }];
}

function noteMarket({ quoted, holdings, question: { basis } }: NoteParts): HistoryNote[] {
  if (basis === 'book') return [];
  const isMissing = (holding: Holding): boolean =>
    quoted.some(
      ({ indexed, quote }) =>
        valueOfHolding(holding, stateOfHolding(holding, indexed), quote, basis) === 'no-market-price',
    );
  const symbols = [...new Set(holdings.filter(isMissing).map(({ symbol }) => symbol))];
  return symbols.length === 0 ? [] : [{ kind: 'no-market', symbols }];
}
