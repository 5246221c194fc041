import { explainUnknown, nameProtocol } from '../../../shared/format/exit.ts';
import type { ExitStress } from '../../../shared/domain/exit.ts';
import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { formatValue } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import type { CalendarRow } from '../../charts/options/buildExitCalendar.ts';
import { usePageState } from '../../state/pageState.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import type { PositionNames } from '../simulate/positionNames.ts';
import { CalendarChart } from './CalendarChart.tsx';
import styles from './CalendarPanel.module.css';
import { CalendarTable } from './CalendarTable.tsx';
import type { ExitPlans } from './useExitPlans.ts';

export interface CalendarProps {
  readonly plans: ExitPlans;
  readonly rows: readonly CalendarRow[];
  readonly names: PositionNames;
  readonly chosenId: string | null;
  readonly onChoose: (positionId: string) => void;
}

/** When every position could be money, as a drawing or a table, under stress or without. */
export function CalendarPanel(props: CalendarProps) {
  const { t, locale } = useText();
  const [shape, setShape] = usePageState<'drawing' | 'table'>('exit.shape', 'drawing');
  const { plans, names } = props;
  const isStressed = plans.asIs !== null;
  const unknown = new Map<string, readonly string[]>();
  for (const plan of plans.overview.plans) {
    const why = explainUnknown(plan, t);
    if (why !== null) unknown.set(why, [...(unknown.get(why) ?? []), plan.positionId]);
  }
  return (
    <Panel
      title={t('exit.calendar.title')}
      hint={isStressed ? describeStress(plans.question.stress, t, locale) : t('exit.calendar.hint')}
      isFlush
      actions={
        <Segmented
          label={t('exit.calendar.view')}
          value={shape}
          onChange={setShape}
          options={[
            { value: 'drawing', label: t('exit.calendar.asDrawing') },
            { value: 'table', label: t('exit.calendar.asTable') },
          ]}
        />
      }
    >
      {shape === 'drawing' ? (
        <div className={styles.drawing}>
          <CalendarChart {...props} />
        </div>
      ) : (
        <CalendarTable {...props} />
      )}
      {unknown.size > 0 && (
        <ul className={styles.unknown} aria-label={t('exit.calendar.unknownList')}>
          {[...unknown].map(([why, ids]) => (
            <li key={why}>
              {t('exit.calendar.unknown', {
                names: new Intl.ListFormat(locale).format(ids.map(names.inSentence)),
                why,
              })}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** "Stressed: exit queue times 4, Lido paused for 30 days." */
function describeStress(stress: ExitStress, t: Translate, locale: string): string {
  const { queueMultiple, pauses, depthWithdrawn } = stress;
  const parts = [
    ...(queueMultiple === 1
      ? []
      : [t('exit.stress.queueTimes', { value: new Intl.NumberFormat(locale).format(queueMultiple) })]),
    ...pauses.map(({ protocol, days }) =>
      days === null
        ? t('exit.stress.pausedOpen', { protocol: nameProtocol(protocol, t) })
        : t('exit.stress.pausedDays', {
            protocol: nameProtocol(protocol, t),
            value: t('exit.time.days', { count: days, value: new Intl.NumberFormat(locale).format(days) }),
          }),
    ),
    ...(depthWithdrawn === 0n
      ? []
      : [
          t('exit.stress.depthGone', {
            value: formatValue(depthWithdrawn, SHARE_UNIT, { locale, digits: 0 }),
          }),
        ]),
  ];
  const what = parts.length === 0 ? t('exit.stress.nothing') : new Intl.ListFormat(locale).format(parts);
  return t('exit.stress.on', { what });
}
