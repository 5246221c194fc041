import type { MarketRow } from '../../../shared/contract/market-view.ts';
import type { PricePoint } from '../../../shared/domain/market.ts';
import { formatValue } from '../../../shared/format/numbers.ts';
import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { formatAge, formatInstant } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { StateWord } from '../../ui/StateWord.tsx';
import { formatPrice } from './marketFormat.ts';
import styles from './PriceSource.module.css';

/** Who says a price, with the file or host behind it. */
export function PriceSource({ point }: { readonly point: PricePoint }) {
  const { t } = useText();
  const isShown = point.source !== 'sample' && point.detail !== '';
  return (
    <span title={isShown ? point.detail : undefined}>
      {point.source === 'sample' ? (
        <StateWord tone="caution">{t('market.source.sample')}</StateWord>
      ) : (
        t(`market.source.${point.source}`)
      )}
    </span>
  );
}

/** How old a price is; marked where it is not of today any more. */
export function PriceAge({ row, point }: { readonly row: MarketRow; readonly point: PricePoint }) {
  const { t, locale } = useText();
  const now = useNow(60_000);
  return (
    <span className={styles.age} title={formatInstant(point.at, locale)}>
      {formatAge(point.at, now, locale)}
      {row.isStale && <StateWord tone="caution">{t('market.stale')}</StateWord>}
    </span>
  );
}

/** Two sources that contradict each other, by how much. */
export function DisagreementMark({ row }: { readonly row: MarketRow }) {
  const { t, locale } = useText();
  const { disagreement } = row;
  if (disagreement === null) return null;
  const { one, other, difference, quote } = disagreement;
  const name = (point: PricePoint): string => t(`market.source.${point.source}`);
  return (
    <span
      className={styles.mark}
      title={t('market.disagreesWith', {
        source: name(other),
        price: formatPrice(other.price, quote, locale),
      })}
    >
      <StateWord tone="caution">
        {t('market.disagrees', {
          one: name(one),
          other: name(other),
          difference: formatValue(difference, SHARE_UNIT, { locale, digits: 1 }),
        })}
      </StateWord>
    </span>
  );
}
