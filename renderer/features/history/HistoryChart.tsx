import { useCallback, useMemo } from 'react';
import type { HistoryView } from '../../../shared/domain/history/history-view.ts';
import type { GapReason } from '../../../shared/domain/history/snapshot.ts';
import { nameSubject, unitOfHistory } from '../../../shared/format/history.ts';
import { formatDate, formatInstant } from '../../../shared/format/time.ts';
import { Chart } from '../../charts/Chart.tsx';
import { buildHistoryLines, readHistoryLines } from '../../charts/options/buildHistoryLines.ts';
import type { ChartPalette } from '../../charts/options/palette.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useHideAmounts } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';

const TEXT_SIZE = 12;

interface HistoryChartProps {
  readonly view: HistoryView;
  readonly isStacked: boolean;
  readonly isCompact?: boolean | undefined;
  /** CSS pixels. */
  readonly height: number;
}

export function HistoryChart({ view, isStacked, isCompact = false, height }: HistoryChartProps) {
  const { t, locale } = useText();
  const formatAmount = useFormatAmount();
  const isHidden = useHideAmounts();
  const unit = unitOfHistory(view);
  const drawing = useMemo(
    () =>
      readHistoryLines(
        view,
        ({ subject }) => nameSubject(subject, t),
        (count) => t('history.chart.other', { count }),
        unit.decimals,
      ),
    [view, unit, t],
  );
  const [first] = view.times;
  const last = view.times.at(-1);
  const lastValue = view.total.values.findLast((value) => value !== null) ?? null;
  const label = t('history.chart.label', {
    currency: view.currency,
    count: view.count,
    from: first ? formatDate(first.at, locale) : '',
    to: last ? formatDate(last.at, locale) : '',
    last: lastValue === null ? t('history.cli.notKnown') : formatAmount(lastValue, unit),
  });
  const option = useCallback(
    (palette: ChartPalette) => {
      const axis = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
      const texts = {
        description: label,
        axis: t('history.chart.axis', { currency: view.currency }),
        date: (at: number) => formatInstant(at, locale),
        axisValue: (value: number) => axis.format(value),
        amount: (value: bigint) => formatAmount(value, unit),
        unknown: (why: GapReason) => t('history.chart.notKnown', { why: t(`history.why.${why}`) }),
      };
      return buildHistoryLines(drawing, palette, texts, {
        textSize: TEXT_SIZE,
        isStacked,
        isCompact,
        isHidden,
      });
    },
    [drawing, label, view.currency, unit, formatAmount, isStacked, isCompact, isHidden, locale, t],
  );
  return <Chart label={label} option={option} height={height} />;
}
