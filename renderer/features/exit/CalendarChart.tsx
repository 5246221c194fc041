import { useCallback } from 'react';
import {
  explainUnknown,
  formatDays,
  formatLegTime,
  formatTotal,
  nameLeg,
} from '../../../shared/format/exit.ts';
import { Chart } from '../../charts/Chart.tsx';
import type { ECElementEvent } from '../../charts/echarts.ts';
import {
  buildExitCalendar,
  findLastDay,
  type CalendarBar,
  type CalendarRow,
} from '../../charts/options/buildExitCalendar.ts';
import type { ChartPalette } from '../../charts/options/palette.ts';
import { useText } from '../../state/text.ts';
import { useElementWidth } from '../exposure/useElementWidth.ts';
import { CalendarLegend } from './CalendarLegend.tsx';
import styles from './CalendarPanel.module.css';
import type { CalendarProps } from './CalendarPanel.tsx';

const MOST_ROWS = 30;
const TEXT_SIZE = 12;
const ROW_HEIGHT = 38;
/** The axis below. */
const FRAME_HEIGHT = 46;
const TOTAL_WIDTH = 96;
const DAY = 86_400;

export function CalendarChart({ plans, rows, names, chosenId, onChoose }: CalendarProps) {
  const { t, locale } = useText();
  const [measure, width] = useElementWidth();
  const isNarrow = width < 520;
  const { overview } = plans;
  const option = useCallback(
    (palette: ChartPalette) => {
      const shown = rows.slice(0, MOST_ROWS);
      const planOf = ({ id }: CalendarRow) => overview.plans.find(({ positionId }) => positionId === id);
      const days = (day: number): string => formatDays(day * DAY, locale);
      const totalOf = ({ low, typical, high }: CalendarRow) => {
        const known = typical === 0 ? t('exit.time.none') : null;
        const word =
          typical === null ? t('exit.time.unknown') : t('exit.time.shortDays', { value: days(typical) });
        const isExact = low === null || (low === typical && typical === high);
        if (isExact || isNarrow) return { typical: known ?? word, range: null };
        const words = { low: days(low), high: high === null ? '' : days(high) };
        const range = t(high === null ? 'exit.time.shortOpen' : 'exit.time.shortRange', words);
        return { typical: known ?? word, range };
      };
      return buildExitCalendar(
        shown,
        palette,
        {
          description: t('exit.calendar.label'),
          axis: t('exit.calendar.axis'),
          range: t('exit.calendar.range'),
          before: t('exit.calendar.before'),
          nameOf: ({ id }) => names.inDrawing(id),
          nameGroup: (group) => t(`exit.group.${group}`),
          describeBar: (row: CalendarRow, { legId }: CalendarBar) => {
            const leg = planOf(row)?.legs.find(({ id }) => id === legId);
            return leg === undefined
              ? names.inSentence(row.id)
              : `${names.inSentence(row.id)}\n${nameLeg(leg, t)}\n${formatLegTime(leg, t, locale)}`;
          },
          describeRow: (row: CalendarRow) => {
            const plan = planOf(row);
            if (plan === undefined) return '';
            const lines = [names.inSentence(row.id), formatTotal(plan, t, locale)];
            return [...lines, explainUnknown(plan, t) ?? []].flat().join('\n');
          },
          total: totalOf,
        },
        {
          labelWidth: Math.round(Math.min(230, width * 0.3)),
          totalWidth: isNarrow ? 64 : TOTAL_WIDTH,
          textSize: TEXT_SIZE,
          lastDay: findLastDay(shown),
          isNarrow,
          chosenId,
        },
      );
    },
    [rows, overview, names, chosenId, width, isNarrow, t, locale],
  );
  const select = useCallback(
    ({ name }: ECElementEvent) => {
      if (name !== '') onChoose(name);
    },
    [onChoose],
  );
  const rest = rows.length - MOST_ROWS;
  return (
    <>
      <CalendarLegend rows={rows} />
      <div ref={measure}>
        {width > 0 && (
          <Chart
            label={t('exit.calendar.label')}
            option={option}
            height={FRAME_HEIGHT + Math.min(rows.length, MOST_ROWS) * ROW_HEIGHT}
            onSelect={select}
          />
        )}
      </div>
      {rest > 0 && <p className={styles.rest}>{t('exit.calendar.rest', { count: rest })}</p>}
    </>
  );
}
