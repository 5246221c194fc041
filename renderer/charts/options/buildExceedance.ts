/**
 * How likely a loss of at least each size is: a falling curve for each set of numbers, on a logarithmic axis of chances,
 * because what matters is rare. The three differ by dash as well as hue. Marks stand on one curve.
 */
import type { LineSeriesOption } from 'echarts/charts';
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import {
  PARAMETER_SETS,
  type LossDistribution,
  type ParameterSet,
} from '../../../shared/domain/loss-distribution.ts';
import { findTail } from '../../../shared/format/likelihood.ts';
import { categoryColor, type ChartPalette } from './palette.ts';

export type ExceedanceOption = ComposeOption<
  | LineSeriesOption
  | AriaComponentOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>;

interface CurvePoint {
  readonly loss: number;
  readonly probability: number;
}

export interface ExceedanceCurve {
  readonly set: ParameterSet;
  /** Falling in probability. */
  readonly points: readonly CurvePoint[];
}

export interface ExceedanceMark extends CurvePoint {
  readonly kind: 'expected' | 'value-at-risk' | 'expected-shortfall';
  readonly level: number | null;
}

export interface Exceedance {
  readonly curves: readonly ExceedanceCurve[];
  readonly marks: readonly ExceedanceMark[];
  /** Where the drawing ends below: rarer is noise of the simulation. A power of ten. */
  readonly rarest: number;
}

/** Cases beyond which a part of the curve rests on too few of them. */
const FEWEST_CASES = 10;
const RAREST = 1e-4;
const MARKED_LEVEL = 0.99;

/** Null where nothing was ever lost. Marks are those of base numbers. */
export function readExceedance(
  distributions: readonly { readonly set: ParameterSet; readonly distribution: LossDistribution }[],
): Exceedance | null {
  const losing = distributions.filter(({ distribution }) => distribution.exceedance.length > 0);
  if (losing.length === 0) return null;
  const paths = Math.min(...losing.map(({ distribution }) => distribution.paths));
  const rarest = Math.min(0.1, Math.max(RAREST, 10 ** Math.ceil(Math.log10(FEWEST_CASES / paths) - 1e-9)));
  const curves = losing.map(({ set, distribution }) => ({ set, points: cutCurve(distribution, rarest) }));
  const base = losing.find(({ set }) => set === 'base');
  const marks = base === undefined ? [] : listMarks(base.distribution, rarest);
  return { curves, marks, rarest };
}

/** From no loss at all down to the rarest chance, where the last piece ends on the edge. */
function cutCurve({ exceedance, lossProbability }: LossDistribution, rarest: number): CurvePoint[] {
  const points: CurvePoint[] = [{ loss: 0, probability: lossProbability.value }];
  for (const { loss, probability } of exceedance) {
    const before = points.at(-1);
    if (probability < rarest) {
      if (before && before.probability > rarest)
        points.push(interpolate(before, { loss, probability }, rarest));
      break;
    }
    points.push({ loss, probability });
  }
  return points;
}

/** Straight on the logarithmic axis. */
function interpolate(from: CurvePoint, to: CurvePoint, probability: number): CurvePoint {
  const part =
    Math.log(from.probability / probability) / Math.log(from.probability / Math.max(to.probability, 1e-300));
  return { loss: from.loss + (to.loss - from.loss) * part, probability };
}

/** The chance of losing at least so much. */
function chanceOf(loss: number, points: readonly CurvePoint[]): number {
  let before = points[0];
  for (const point of points) {
    if (before && point.loss > loss) {
      const part = (loss - before.loss) / (point.loss - before.loss);
      return before.probability * (point.probability / before.probability) ** part;
    }
    before = point;
  }
  return before?.probability ?? 0;
}

function listMarks(distribution: LossDistribution, rarest: number): ExceedanceMark[] {
  const { expectedLoss, exceedance, lossProbability } = distribution;
  const points = [{ loss: 0, probability: lossProbability.value }, ...exceedance];
  const tail = findTail(distribution, MARKED_LEVEL);
  const mark = (kind: ExceedanceMark['kind'], loss: number, level: number | null): ExceedanceMark => ({
    kind,
    level,
    loss,
    probability: chanceOf(loss, points),
  });
  const marks = [mark('expected', expectedLoss.value, null)];
  if (tail) {
    marks.push(mark('value-at-risk', tail.valueAtRisk.value, tail.level));
    marks.push(mark('expected-shortfall', tail.expectedShortfall.value, tail.level));
  }
  return marks.filter(({ probability, loss }) => probability >= rarest && loss > 0);
}

export interface ExceedanceTexts {
  readonly description: string;
  readonly nameOf: (set: ParameterSet) => string;
  readonly nameMark: (mark: ExceedanceMark) => string;
  /** Of an axis: `10%`. */
  readonly chance: (probability: number) => string;
  readonly point: (point: CurvePoint) => string;
  readonly probabilityAxis: string;
  readonly lossAxis: string;
}

export interface ExceedanceLayout {
  readonly textSize: number;
  /** Amounts on the axis are covered. */
  readonly isHidden: boolean;
}

const STYLES: Readonly<
  Record<
    ParameterSet,
    { readonly category: number; readonly dash: 'solid' | 'dashed' | 'dotted'; readonly width: number }
  >
> = {
  calm: { category: 2, dash: 'dotted', width: 2 },
  base: { category: 0, dash: 'solid', width: 2.5 },
  stressed: { category: 3, dash: 'dashed', width: 1.75 },
};

const SYMBOLS: Readonly<Record<ExceedanceMark['kind'], string>> = {
  expected: 'circle',
  'value-at-risk': 'diamond',
  'expected-shortfall': 'triangle',
};

export function buildExceedance(
  { curves, marks, rarest }: Exceedance,
  palette: ChartPalette,
  texts: ExceedanceTexts,
  { textSize: fontSize, isHidden }: ExceedanceLayout,
): ExceedanceOption {
  const muted = { color: palette.textMuted, fontSize };
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize, color: palette.text },
    tooltip: {
      renderMode: 'richText',
      trigger: 'axis',
      axisPointer: {
        type: 'line',
        lineStyle: { color: palette.lineStrong, width: 1 },
        label: { show: false },
      },
      formatter: (params) => describeHovered(Array.isArray(params) ? params : [params], texts),
    },
    legend: [
      {
        top: 0,
        left: 0,
        itemWidth: 30,
        itemHeight: 9,
        selectedMode: false,
        data: PARAMETER_SETS.filter((set) => curves.some((curve) => curve.set === set)).map(texts.nameOf),
        textStyle: muted,
        // The line says it all: without the ring that a legend puts on it.
        itemStyle: { opacity: 0 },
      },
      {
        // Named above and not beside them: wherever a mark stands, a curve runs close by.
        top: fontSize * 1.8,
        left: 0,
        itemWidth: 14,
        itemHeight: 9,
        itemGap: fontSize * 1.5,
        selectedMode: false,
        data: marks.map((mark) => ({ name: texts.nameMark(mark), icon: SYMBOLS[mark.kind] })),
        textStyle: { color: palette.text, fontSize },
      },
    ],
    grid: {
      left: fontSize * 5,
      right: fontSize * 2,
      top: fontSize * (marks.length > 0 ? 5.8 : 4.2),
      bottom: fontSize * 3.6,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      min: 0,
      name: texts.lossAxis,
      nameLocation: 'middle',
      nameGap: fontSize * 2.1,
      nameTextStyle: muted,
      splitNumber: 6,
      axisLabel: { ...muted, show: !isHidden, hideOverlap: true },
      axisLine: { show: true, lineStyle: { color: palette.lineStrong } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'log',
      min: rarest,
      max: 1,
      name: texts.probabilityAxis,
      nameLocation: 'end',
      nameGap: fontSize,
      nameTextStyle: { ...muted, align: 'left', padding: [0, 0, 0, -fontSize * 4.6] },
      axisLabel: { ...muted, formatter: (value: number) => texts.chance(value) },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: palette.line, width: 0.5 } },
    },
    series: [
      ...curves.map(({ set, points }): LineSeriesOption => {
        const { category, dash, width } = STYLES[set];
        const color = categoryColor(palette, category);
        return {
          type: 'line',
          name: texts.nameOf(set),
          showSymbol: false,
          // The legend draws a line, not a ring.
          symbol: 'none',
          lineStyle: { color, type: dash, width },
          itemStyle: { color },
          data: points.map(({ loss, probability }) => [loss, probability]),
        };
      }),
      ...marks.map((mark): LineSeriesOption => drawMark(mark, rarest, palette, texts)),
    ],
  };
}

/** A symbol on the curve, and a thin line down to the amount. */
function drawMark(
  mark: ExceedanceMark,
  rarest: number,
  palette: ChartPalette,
  texts: ExceedanceTexts,
): LineSeriesOption {
  const color = categoryColor(palette, STYLES.base.category);
  return {
    type: 'line',
    name: texts.nameMark(mark),
    z: 4,
    symbolSize: mark.kind === 'expected' ? 8 : 10,
    lineStyle: { color: palette.lineStrong, width: 1, type: [2, 3] },
    itemStyle: { color, borderColor: palette.surface, borderWidth: 1 },
    tooltip: { show: false },
    data: [
      { value: [mark.loss, mark.probability], symbol: SYMBOLS[mark.kind] },
      { value: [mark.loss, rarest], symbol: 'none' },
    ],
  };
}

interface Hovered {
  readonly seriesName?: string | undefined;
  readonly value?: unknown;
}

/** The curves under the pointer; the marks are named already. */
function describeHovered(hovered: readonly Hovered[], texts: ExceedanceTexts): string {
  const names = new Set(PARAMETER_SETS.map(texts.nameOf));
  return hovered
    .flatMap(({ seriesName = '', value }) => {
      const [loss, probability] = Array.isArray(value) ? (value as readonly unknown[]) : [];
      if (!names.has(seriesName) || typeof loss !== 'number' || typeof probability !== 'number') return [];
      return [`${seriesName}: ${texts.point({ loss, probability })}`];
    })
    .join('\n');
}
