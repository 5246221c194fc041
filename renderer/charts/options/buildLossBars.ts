/** Before and after a scenario, by position: what is left as a plain bar, what was lost as a hatched one behind it. */
import type { BarSeriesOption } from 'echarts/charts';
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { categoryColor, createHatch, toEthNumber, type ChartPalette } from './palette.ts';

export type LossBarsOption = ComposeOption<
  BarSeriesOption | AriaComponentOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

export interface LossRow {
  readonly positionId: string;
  readonly beforeWei: bigint;
  readonly afterWei: bigint;
  readonly lossWei: bigint;
}

/** The positions beyond the limit, together; null where all are rows. */
export interface LossRest {
  readonly count: number;
  readonly beforeWei: bigint;
  readonly afterWei: bigint;
  readonly lossWei: bigint;
}

export interface LossBarsTexts {
  readonly description: string;
  readonly nameOf: (row: LossRow) => string;
  readonly amount: (wei: bigint) => string;
  readonly after: string;
  readonly lost: string;
  /** Unit of the axis. */
  readonly axis: string;
}

export interface LossBarsLayout {
  /** CSS pixels the names may take on the left. */
  readonly labelWidth: number;
  /** CSS pixels kept free on the right for the lost amount. */
  readonly amountWidth: number;
  readonly textSize: number;
}

function compareLosses(a: LossRow, b: LossRow): number {
  if (a.lossWei !== b.lossWei) return a.lossWei > b.lossWei ? -1 : 1;
  if (a.beforeWei !== b.beforeWei) return a.beforeWei > b.beforeWei ? -1 : 1;
  return a.positionId < b.positionId ? -1 : 1;
}

/**
 * Largest loss first, then largest value. What goes beyond `maxRows` is summed up and not drawn: as one bar it would
 * dwarf the others. Rows and rest together are the whole result.
 */
export function rankLosses(
  result: Pick<ScenarioResult, 'positions'>,
  maxRows: number,
): { readonly rows: readonly LossRow[]; readonly rest: LossRest | null } {
  const ranked = result.positions
    .map(({ positionId, beforeWei, afterWei, lossWei }): LossRow => ({
      positionId,
      beforeWei,
      afterWei,
      lossWei,
    }))
    .sort(compareLosses);
  const rows = ranked.slice(0, maxRows);
  const others = ranked.slice(maxRows);
  if (others.length === 0) return { rows, rest: null };
  const sum = (pick: (row: LossRow) => bigint): bigint =>
    others.reduce((total, row) => total + pick(row), 0n);
  return {
    rows,
    rest: {
      count: others.length,
      beforeWei: sum((row) => row.beforeWei),
      afterWei: sum((row) => row.afterWei),
      lossWei: sum((row) => row.lossWei),
    },
  };
}

/** Rows of {@link rankLosses} as an ECharts option. Bars are ETH from zero; the whole bar is the value before. */
export function buildLossBars(
  rows: readonly LossRow[],
  palette: ChartPalette,
  texts: LossBarsTexts,
  layout: LossBarsLayout,
): LossBarsOption {
  const fontSize = layout.textSize;
  const describeRow = (row: LossRow): string =>
    `${texts.nameOf(row)}\n${texts.after} ${texts.amount(row.afterWei)}\n${texts.lost} ${texts.amount(row.lossWei)}`;
  const bar = { type: 'bar', stack: 'value', barWidth: Math.round(fontSize * 1.2) } as const;
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize, color: palette.text },
    tooltip: { renderMode: 'richText' },
    legend: {
      top: 0,
      left: layout.labelWidth + 8,
      itemWidth: 14,
      itemHeight: 9,
      selectedMode: false,
      textStyle: { color: palette.textMuted, fontSize },
    },
    grid: {
      left: layout.labelWidth + 12,
      right: layout.amountWidth,
      top: fontSize * 2.4,
      bottom: fontSize * 2.6,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      min: 0,
      name: texts.axis,
      nameLocation: 'end',
      nameGap: 8,
      nameTextStyle: { color: palette.textMuted, fontSize },
      splitNumber: 5,
      axisLabel: { color: palette.textMuted, fontSize },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: palette.line, width: 0.5 } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => texts.nameOf(row)),
      axisLabel: {
        color: palette.text,
        fontSize,
        width: layout.labelWidth,
        overflow: 'truncate',
        interval: 0,
      },
      axisLine: { show: true, lineStyle: { color: palette.textMuted } },
      axisTick: { show: false },
    },
    series: [
      {
        ...bar,
        name: texts.after,
        itemStyle: { color: categoryColor(palette, 0) },
        data: rows.map((row) => ({
          value: toEthNumber(row.afterWei),
          tooltip: { formatter: () => describeRow(row) },
        })),
      },
      {
        ...bar,
        name: texts.lost,
        itemStyle: {
          color: palette.surface,
          borderColor: palette.loss,
          borderWidth: 1,
          decal: createHatch(palette.loss),
        },
        data: rows.map((row) => ({
          value: toEthNumber(row.lossWei),
          // An empty bar would still draw its outline.
          ...(row.lossWei === 0n ? { itemStyle: { borderWidth: 0 } } : {}),
          label: {
            show: row.lossWei > 0n,
            position: 'right',
            color: palette.loss,
            fontSize,
            formatter: () => `−${texts.amount(row.lossWei)}`,
          },
          tooltip: { formatter: () => describeRow(row) },
        })),
      },
    ],
  };
}
