/** The cost curve as one SVG picture: a panel for each quantity, both axes logarithmic. */
import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { CURVE_LINES, type Curve } from './cost-curve.ts';

register([GridComponent, LegendComponent, LineChart, SVGRenderer, TitleComponent]);

const WIDTH = 960;
const HEIGHT = 720;
const BACKGROUND = '#ffffff';
const TEXT = '#1b2a33';
const MUTED = '#5a6870';
const RULE = '#d9dee1';
const COLORS = ['#1b5a73', '#9a5f12', '#8d2748', '#7d878d'] as const;
/** Told apart without colour, too. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;

/** Left, top, width and height of the plots, in pixels. */
const PANELS = [
  { left: 76, top: 92, width: 380, height: 226 },
  { left: 552, top: 92, width: 380, height: 226 },
  { left: 76, top: 430, width: 380, height: 226 },
  { left: 552, top: 430, width: 380, height: 226 },
] as const;

/** As many curves as there are panels. */
export function drawCostCurve(curves: readonly Curve[]): string {
  const panels = PANELS.slice(0, curves.length);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: BACKGROUND,
      color: [...COLORS],
      textStyle: { fontFamily: 'Inter, Helvetica, Arial, sans-serif', color: TEXT },
      legend: {
        selectedMode: false,
        top: 12,
        itemGap: 28,
        textStyle: { color: TEXT, fontSize: 14 },
        data: CURVE_LINES.map(({ label }) => label),
      },
      title: panels.map(({ left, top }, i) => ({
        text: curves[i]?.title ?? '',
        left: left - 62,
        top: top - 40,
        textStyle: { fontSize: 14, fontWeight: 600, color: TEXT },
      })),
      grid: panels.map((panel) => ({ ...panel })),
      xAxis: panels.map((_, i) => makeAxis(i, curves[i]?.xLabel ?? '', 'bottom')),
      yAxis: panels.map((_, i) => makeAxis(i, 'milliseconds', 'left')),
      series: curves.flatMap((curve, panel) => listSeries(curve, panel)),
    });
    return `${chart.renderToSVGString()}\n`;
  } finally {
    chart.dispose();
  }
}

function makeAxis(gridIndex: number, name: string, position: 'bottom' | 'left') {
  return {
    type: 'log',
    gridIndex,
    position,
    name,
    nameLocation: 'middle',
    nameGap: position === 'left' ? 46 : 30,
    nameTextStyle: { color: MUTED, fontSize: 13 },
    axisLabel: { color: MUTED, fontSize: 12, formatter: formatTick },
    axisLine: { show: true, lineStyle: { color: MUTED } },
    axisTick: { show: true },
    splitLine: { show: true, lineStyle: { color: RULE } },
  };
}

/** Powers of ten: 1k, not 1000, beside 10k. */
function formatTick(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`;
  return value >= 1e3 ? `${value / 1e3}k` : String(value);
}

function listSeries({ points }: Curve, panel: number) {
  return CURVE_LINES.map(({ id, label }, line) => ({
    type: 'line',
    // A picture answers to no mouse.
    silent: true,
    emphasis: { disabled: true },
    name: label,
    xAxisIndex: panel,
    yAxisIndex: panel,
    symbol: SYMBOLS[line],
    symbolSize: 8,
    lineStyle: { width: 2 },
    data: points.flatMap(({ x, milliseconds }) => {
      const time = milliseconds[id];
      return time === null ? [] : [[x, time]];
    }),
  }));
}
