/** From cause to loss: the value before, what each event took off it, and what is left. */
import type { BarSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { categoryColor, createHatch, toEthNumber, type ChartPalette } from './palette.ts';

export type WaterfallOption = ComposeOption<
  BarSeriesOption | AriaComponentOption | GridComponentOption | TooltipComponentOption
>;

export type WaterfallStep =
  /** Stands on zero. */
  | { readonly kind: 'before' | 'after' | 'market'; readonly valueWei: bigint }
  /** Hangs at what was left before it. `index` of the event; null for the events beyond the limit, together. */
  | {
      readonly kind: 'loss';
      readonly index: number | null;
      readonly count: number;
      readonly valueWei: bigint;
      readonly leftWei: bigint;
    }
  /** What the market takes off what is left: real only if it is sold. */
  | { readonly kind: 'discount'; readonly valueWei: bigint; readonly leftWei: bigint };

/**
 * Before, each event that took something, in order, and after; then, where there is a market loss, that and what is left
 * at market prices. Events beyond `maxEvents` are one step.
 */
export function listWaterfall(
  result: Pick<ScenarioResult, 'events' | 'totalBeforeWei' | 'totalAfterWei' | 'totalMarketLossWei'>,
  maxEvents: number,
): readonly WaterfallStep[] {
  const { events, totalBeforeWei, totalAfterWei, totalMarketLossWei } = result;
  const steps: WaterfallStep[] = [{ kind: 'before', valueWei: totalBeforeWei }];
  const taking = events
    .map(({ lossWei }, index) => ({ index, lossWei }))
    .filter(({ lossWei }) => lossWei > 0n);
  const isLong = taking.length > maxEvents;
  let leftWei: bigint = totalBeforeWei;
  for (const { index, lossWei } of isLong ? taking.slice(0, maxEvents - 1) : taking) {
    leftWei -= lossWei;
    steps.push({ kind: 'loss', index, count: 1, valueWei: lossWei, leftWei });
  }
  if (isLong) {
    const count = taking.length - (maxEvents - 1);
    steps.push({
      kind: 'loss',
      index: null,
      count,
      valueWei: leftWei - totalAfterWei,
      leftWei: totalAfterWei,
    });
  }
  steps.push({ kind: 'after', valueWei: totalAfterWei });
  if (totalMarketLossWei > 0n) {
    const marketWei = totalAfterWei - totalMarketLossWei;
    steps.push({ kind: 'discount', valueWei: totalMarketLossWei, leftWei: marketWei });
    steps.push({ kind: 'market', valueWei: marketWei });
  }
  return steps;
}

export interface WaterfallTexts {
  readonly description: string;
  readonly nameOf: (step: WaterfallStep) => string;
  readonly amount: (wei: bigint) => string;
  /** Unit of the axis. */
  readonly axis: string;
}

export interface WaterfallLayout {
  /** CSS pixels the names may take on the left. */
  readonly labelWidth: number;
  /** CSS pixels kept free on the right for the amounts. */
  readonly amountWidth: number;
  readonly textSize: number;
}

/** A loss of a small part of the whole stays a visible stroke. */
const LEAST_WIDTH = 2;

/** Steps of {@link listWaterfall} as an ECharts option. Bars are ETH from zero. */
export function buildWaterfall(
  steps: readonly WaterfallStep[],
  palette: ChartPalette,
  texts: WaterfallTexts,
  layout: WaterfallLayout,
): WaterfallOption {
  const fontSize = layout.textSize;
  const bar = { type: 'bar', stack: 'value', barWidth: Math.round(fontSize * 1.2) } as const;
  const isFalling = (step: WaterfallStep) => step.kind === 'loss' || step.kind === 'discount';
  const write = (step: WaterfallStep): string =>
    isFalling(step) ? `−${texts.amount(step.valueWei)}` : texts.amount(step.valueWei);
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize, color: palette.text },
    tooltip: { renderMode: 'richText' },
    grid: {
      left: layout.labelWidth + 12,
      right: layout.amountWidth,
      top: fontSize * 0.5,
      bottom: fontSize * 2.6,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      min: 0,
      name: texts.axis,
      nameLocation: 'end',
      nameGap: 8,
      // In the line of the numbers: beside the last bar it would run into an amount.
      nameTextStyle: { color: palette.textMuted, fontSize, verticalAlign: 'top', padding: [8, 0, 0, 0] },
      splitNumber: 5,
      axisLabel: { color: palette.textMuted, fontSize },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: palette.line, width: 0.5 } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: steps.map(texts.nameOf),
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
        // Carries what hangs; nothing to see and nothing to point at.
        silent: true,
        itemStyle: { color: 'transparent' },
        data: steps.map((step) => ('leftWei' in step ? toEthNumber(step.leftWei) : 0)),
      },
      {
        ...bar,
        barMinHeight: LEAST_WIDTH,
        data: steps.map((step) => ({
          value: toEthNumber(step.valueWei),
          itemStyle: styleOf(step, palette),
          label: {
            show: true,
            position: 'right',
            color: step.kind === 'loss' ? palette.loss : palette.text,
            fontSize,
            formatter: () => write(step),
          },
          tooltip: { formatter: () => `${texts.nameOf(step)}\n${write(step)}` },
        })),
      },
    ],
  };
}

/** Losses hatched, as everywhere; what the market takes off dotted, because nothing is lost yet. */
function styleOf(step: WaterfallStep, palette: ChartPalette): NonNullable<BarSeriesOption['itemStyle']> {
  switch (step.kind) {
    case 'before':
    case 'after':
    case 'market':
      return { color: categoryColor(palette, 0) };
    case 'loss':
      return {
        color: palette.surface,
        borderColor: palette.loss,
        borderWidth: 1,
        decal: createHatch(palette.loss),
      };
    case 'discount':
      return {
        color: palette.surface,
        borderColor: palette.textMuted,
        borderWidth: 1,
        borderType: 'dashed',
      };
  }
}
