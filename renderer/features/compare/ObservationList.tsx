import type { CatalogObservation, Protocol } from '../../../shared/domain/catalog.ts';
import { formatAge } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { FactStatusWord } from './FactStatusMark.tsx';
import { formatObserved } from '../../../shared/format/catalog.ts';
import styles from './ProtocolLists.module.css';

const SHOWN_AT_FIRST = 5;
const MINUTE = 60_000;

interface ObservationListProps {
  readonly observations: readonly CatalogObservation[];
  readonly protocol: Protocol;
}

/** What was observed and when, newest first; the older ones on demand. */
export function ObservationList({ observations, protocol }: ObservationListProps) {
  const { t } = useText();
  if (observations.length === 0) return <p className={styles.none}>{t('compare.detail.figuresNone')}</p>;
  // The newest last in the list wins among those of one day, so they are turned round before they are sorted.
  const sorted = observations
    .toReversed()
    .toSorted((a, b) => (a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : 0));
  const first = sorted.slice(0, SHOWN_AT_FIRST);
  const rest = sorted.slice(SHOWN_AT_FIRST);
  return (
    <>
      <Lines observations={first} protocol={protocol} />
      {rest.length > 0 && (
        <Disclosure summary={t('compare.detail.figuresAll', { count: sorted.length })}>
          <Lines observations={rest} protocol={protocol} />
        </Disclosure>
      )}
    </>
  );
}

function Lines({ observations, protocol }: ObservationListProps) {
  const { t, locale } = useText();
  const now = useNow(MINUTE);
  return (
    <ul className={styles.list}>
      {observations.map((one, index) => {
        const product = protocol.products.find(({ id }) => id === one.product);
        const label = one.metric === 'other' ? one.label : t(`catalog.metric.${one.metric}`);
        return (
          <li key={index} title={one.note ?? undefined}>
            <p className={styles.head}>
              <span>
                {product === undefined
                  ? label
                  : t('compare.detail.product', { label, product: product.symbol ?? product.name })}
              </span>
              <span className={styles.number}>{formatObserved(one, locale)}</span>
            </p>
            {one.metric !== 'other' && <p className={styles.quiet}>{one.label}</p>}
            <p className={styles.marks}>
              <span>{t('compare.cell.asOf', { date: one.asOf })}</span>
              <FactStatusWord status={one.status} />
              <span>{one.source.name}</span>
              {one.fetchedAt !== null && (
                <span>{t('compare.detail.fetched', { age: formatAge(one.fetchedAt, now, locale) })}</span>
              )}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
