import { DEFAULT_LOCALE } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { listSetFilters, type CompareFilter } from './filterRows.ts';

/** The filters that are set, in a list of words: what an empty table says to clear. Pure. */
export function describeFilters(filter: CompareFilter, t: Translate): string {
  const names = listSetFilters(filter).map((key) => {
    switch (key) {
      case 'text':
        return t('compare.filter.name.text', { text: filter.text.trim() });
      case 'asset':
        return t('compare.filter.name.asset', {
          asset: filter.asset === 'all' ? '' : t(`catalog.asset.${filter.asset}`),
        });
      case 'maxExitDays':
        return t('compare.filter.name.maxExitDays', { days: filter.maxExitDays.trim() });
      default:
        return t(`compare.filter.name.${key}`);
    }
  });
  return new Intl.ListFormat(DEFAULT_LOCALE).format(names);
}
