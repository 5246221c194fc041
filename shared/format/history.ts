/** What the lines and rows of a history are called, and its notes as sentences: one wording for screen and terminal. */
import { ETH_UNIT, USD_UNIT, type Unit } from '../domain/figure.ts';
import type {
  HistoryCurrency,
  HistoryNote,
  HistorySubject,
  HistoryView,
} from '../domain/history/history-view.ts';
import type { GapReason } from '../domain/history/snapshot.ts';
import type { Translate } from '../text/text.ts';
import { formatDate } from './time.ts';

/** In satoshi. */
const BTC_UNIT: Unit = { symbol: 'BTC', decimals: 8, kind: 'amount' };

const UNITS: Readonly<Record<HistoryCurrency, Unit>> = { USD: USD_UNIT, ETH: ETH_UNIT, BTC: BTC_UNIT };

export function unitOfHistory({ currency }: Pick<HistoryView, 'currency'>): Unit {
  return UNITS[currency];
}

export function nameSubject(subject: HistorySubject, t: Translate): string {
  switch (subject.kind) {
    case 'position': {
      const { symbol, accountName, stage } = subject;
      const key = stage === 'leaving' ? 'history.subject.leaving' : 'history.subject.position';
      return t(key, { symbol, account: accountName });
    }
    case 'protocol':
      return subject.protocol ?? t('history.subject.ether');
    case 'total':
      return t('history.subject.total');
  }
}

const DAY = 86_400_000;

export function describeNote(note: HistoryNote, view: Pick<HistoryView, 'gapMs'>, t: Translate): string {
  switch (note.kind) {
    case 'synthetic':
      return t('history.note.synthetic');
    case 'gaps':
      return t('history.note.gaps', { count: note.count, days: note.days, limit: view.gapMs / DAY });
    case 'imported':
      return t('history.note.imported', { count: note.count });
    case 'account-in':
    case 'account-out':
      return t(`history.note.${note.kind}`, { name: note.name, date: formatDate(note.at) });
    case 'no-price':
      return t('history.note.no-price', { count: note.count, currency: note.currency });
    case 'no-market':
      return t('history.note.no-market', { symbols: note.symbols.join(', ') });
    case 'thinned':
      return t('history.note.thinned', { shown: note.shown, of: note.of });
  }
}

/** Lines that have holes of their own, each with the most common reason; a missing price is a hole of all of them. */
export function describeHoles({ series }: Pick<HistoryView, 'series'>, t: Translate): readonly string[] {
  return series.flatMap(({ subject, unknown }) => {
    const counts = new Map<GapReason, number>();
    for (const { from, to, why } of unknown) {
      if (!OF_ALL.includes(why)) counts.set(why, (counts.get(why) ?? 0) + to - from + 1);
    }
    const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
    if (!most) return [];
    const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
    return [
      t('history.note.unknown', { name: nameSubject(subject, t), count, why: t(`history.why.${most[0]}`) }),
    ];
  });
}

/** Told by notes of their own, or no hole: what was not watched is simply not there. */
const OF_ALL: readonly GapReason[] = [
  'not-watched',
  'no-price',
  'stale-price',
  'no-btc-price',
  'no-market-price',
];
