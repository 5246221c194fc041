import type { DepegEvent } from '../../../shared/domain/market.ts';
import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { formatValue } from '../../../shared/format/numbers.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { StateWord } from '../../ui/StateWord.tsx';
import styles from './EventList.module.css';
import { formatPeg } from './marketFormat.ts';

interface EventListProps {
  readonly events: readonly DepegEvent[];
  readonly threshold: bigint;
}

/** The marks of the peg chart in words. */
export function EventList({ events, threshold }: EventListProps) {
  const { t, locale } = useText();
  const share = formatValue(threshold, SHARE_UNIT, { locale, digits: 1 });
  return (
    <section className={styles.events}>
      <h3 className={styles.title}>{t('market.detail.events')}</h3>
      <p className={styles.hint}>{t('market.detail.eventsHint', { share })}</p>
      {events.length === 0 ? (
        <p>{t('market.detail.noEvents')}</p>
      ) : (
        <ul>
          {events.map((event) => (
            <EventRow key={`${event.kind} ${event.from} ${event.title}`} event={event} />
          ))}
        </ul>
      )}
    </section>
  );
}

function EventRow({ event }: { readonly event: DepegEvent }) {
  const { t, locale } = useText();
  const { kind, title, from, to, worst, status, isSynthetic } = event;
  const when =
    formatDate(from, locale) === formatDate(to, locale)
      ? formatDate(from, locale)
      : t('market.detail.when', { from: formatDate(from, locale), to: formatDate(to, locale) });
  return (
    <li className={styles.row}>
      <span>
        {when}
        {title !== '' && <strong className={styles.name}> {title}</strong>}
      </span>
      <span className={styles.hint}>
        {worst === null
          ? t('market.detail.worstUnknown')
          : t('market.detail.worst', { peg: formatPeg(worst, locale) })}
      </span>
      <span className={styles.words}>
        <StateWord tone={kind === 'recorded' ? 'information' : 'neutral'}>
          {t(`market.detail.${kind}`)}
        </StateWord>
        {status !== null && (
          <StateWord tone={status === 'confirmed' ? 'confirmed' : 'caution'}>
            {t(`market.detail.status.${status}`)}
          </StateWord>
        )}
        {isSynthetic && <StateWord tone="caution">{t('market.synthetic')}</StateWord>}
      </span>
    </li>
  );
}
