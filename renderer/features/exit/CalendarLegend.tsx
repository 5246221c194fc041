import { listGroups, type CalendarRow } from '../../charts/options/buildExitCalendar.ts';
import { useText } from '../../state/text.ts';
import styles from './CalendarLegend.module.css';

/** What bars, line and marks of the calendar mean. Outside the drawing, so that it wraps in a narrow window. */
export function CalendarLegend({ rows }: { readonly rows: readonly CalendarRow[] }) {
  const { t } = useText();
  const hasBefore = rows.some(({ before }) => before !== null);
  return (
    <ul className={styles.legend}>
      {listGroups(rows).map((group) => (
        <li key={group} className={styles.item}>
          <span className={styles.bar} data-group={group} aria-hidden />
          {t(`exit.group.${group}`)}
        </li>
      ))}
      <li className={styles.item}>
        <span className={styles.line} aria-hidden />
        {t('exit.calendar.range')}
      </li>
      {hasBefore && (
        <li className={styles.item}>
          <span className={styles.hollow} aria-hidden />
          {t('exit.calendar.before')}
        </li>
      )}
    </ul>
  );
}
