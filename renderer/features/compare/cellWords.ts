/** The words of the table's cells, looked up once: hundreds of cells are drawn at a time. */
import { FACT_STATUSES, type FactStatus } from '../../../shared/domain/catalog.ts';
import type { Translate } from '../../../shared/text/text.ts';
import type { CompareCell } from './compareRows.ts';
import type { FeeBasis } from './splitYield.ts';

export interface CellWords {
  readonly status: Readonly<Record<FactStatus, string>>;
  readonly statusHint: Readonly<Record<FactStatus, string>>;
  readonly missing: Readonly<Record<CompareCell['missing'], string>>;
  readonly fee: Readonly<Record<FeeBasis, string>>;
  readonly feeHint: Readonly<Record<FeeBasis, string>>;
  /** Of a date, or of there being none. */
  readonly date: (asOf: string | null) => string;
  readonly open: (name: string) => string;
  readonly close: (name: string) => string;
  readonly pin: (name: string) => string;
  readonly unpin: (name: string) => string;
  readonly pinFull: string;
  readonly held: string;
  readonly heldHint: (symbols: string) => string;
}

/** Stands for a date or a name while its sentence is looked up. */
const PLACE = '\u0000';

export function createCellWords(t: Translate): CellWords {
  const wordsOf = (nameOf: (status: FactStatus) => string) =>
    // as: one entry for each of FACT_STATUSES, which fromEntries does not tell.
    Object.fromEntries(FACT_STATUSES.map((status) => [status, nameOf(status)])) as Record<FactStatus, string>;
  const dated = t('compare.cell.asOf', { date: PLACE });
  const named = (sentence: string) => (name: string) => sentence.replace(PLACE, () => name);
  const undated = t('compare.cell.noDate');
  return {
    status: wordsOf((status) => t(`catalog.status.${status}`)),
    statusHint: wordsOf((status) => t(`catalog.statusHint.${status}`)),
    missing: { unknown: t('compare.cell.unknown'), undated: t('compare.cell.undated') },
    fee: {
      after: t('compare.cell.fee.after'),
      before: t('compare.cell.fee.before'),
      untold: t('compare.cell.fee.untold'),
    },
    feeHint: {
      after: t('compare.cell.feeHint.after'),
      before: t('compare.cell.feeHint.before'),
      untold: t('compare.cell.feeHint.untold'),
    },
    date: (asOf) => (asOf === null ? undated : dated.replace(PLACE, asOf)),
    open: named(t('compare.table.open', { name: PLACE })),
    close: named(t('compare.table.close', { name: PLACE })),
    pin: named(t('compare.table.pin', { name: PLACE })),
    unpin: named(t('compare.table.unpin', { name: PLACE })),
    pinFull: t('compare.table.pinFull'),
    held: t('compare.table.held'),
    heldHint: named(t('compare.table.heldHint', { symbols: PLACE })),
  };
}
