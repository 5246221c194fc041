/** One stacked horizontal bar of what the portfolio depends on. */
import type { BarSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { colorOfPart, type AllocationPart } from './listAllocation.ts';
import { createHatch, toEthNumber, type ChartPalette } from './palette.ts';

export type AllocationBarOption = ComposeOption<
  BarSeriesOption | AriaComponentOption | GridComponentOption | TooltipComponentOption
>;

export interface AllocationBarTexts {
  readonly description: string;
  readonly nameOf: (part: AllocationPart) => string;
  readonly amount: (wei: bigint) => string;
  /** Unit of the axis. */
  readonly axis: string;
}

/** Parts of {@link listAllocation} as an ECharts option; the axis starts at zero and ends with the bar. */
export function buildAllocationBar(
  parts: readonly AllocationPart[],
  palette: ChartPalette,
  texts: AllocationBarTexts,
  textSize: number,
): AllocationBarOption {
  const totalWei = parts.reduce((sum, part) => sum + part.valueWei, 0n);
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize: textSize, color: palette.text },
    tooltip: { renderMode: 'richText' },
    grid: { left: 4, right: 40, top: 2, bottom: 26, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min: 0,
      max: toEthNumber(totalWei),
      name: texts.axis,
      nameLocation: 'end',
      nameGap: 8,
      nameTextStyle: { color: palette.textMuted, fontSize: textSize },
      splitNumber: 5,
      axisLabel: { color: palette.textMuted, fontSize: textSize, showMaxLabel: false },
      axisLine: { show: true, lineStyle: { color: palette.line } },
      axisTick: { show: true, lineStyle: { color: palette.line } },
      splitLine: { show: false },
    },
    yAxis: { type: 'category', data: [''], show: false },
    series: parts.map((part, index) => ({
      type: 'bar',
      stack: 'book',
      name: texts.nameOf(part),
      barWidth: '100%',
      barCategoryGap: 0,
      data: [toEthNumber(part.valueWei)],
      itemStyle: {
        color: colorOfPart(part, index, palette),
        borderColor: palette.surface,
        borderWidth: 1,
        ...(part.kind === 'hidden' ? { decal: createHatch(palette.surface) } : {}),
      },
      tooltip: { formatter: () => `${texts.nameOf(part)}\n${texts.amount(part.valueWei)}` },
    })),
  };
}
