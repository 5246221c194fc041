import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { describe, expect, it } from 'vitest';
import { markGaps } from '../../../shared/domain/market/series.ts';
import { thinSeries } from '../../../shared/domain/market/thin-series.ts';
import { buildPriceLine, type PriceLine } from './buildPriceLine.ts';
import type { ChartPalette } from './palette.ts';

register([LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const DAY = 86_400_000;
const palette: ChartPalette = {
  text: '#111111',
  textMuted: '#555555',
  line: '#dddddd',
  lineStrong: '#888888',
  surface: '#ffffff',
  loss: '#aa0000',
  categories: ['#0000aa', '#00aa00', '#aaaa00'],
  fontFamily: 'sans-serif',
};
const texts = {
  description: 'a peg',
  axis: 'of what it stands for',
  axisValue: (value: number) => String(value),
  date: (at: number) => `day ${at / DAY}`,
  point: (index: number) => `point ${index}`,
};
const layout = { textSize: 12, category: 0 };

function draw(line: PriceLine): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 260 });
  chart.setOption(buildPriceLine(line, palette, texts, layout));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

function mainOf(line: PriceLine) {
  const [main] = [buildPriceLine(line, palette, texts, layout).series].flat();
  return main?.data;
}

describe('a price over time', () => {
  it('is broken where nothing is known, and a lone point is a dot', () => {
    const points = [
      { at: 0, value: 1, isAfterGap: false },
      { at: DAY, value: 2, isAfterGap: false },
      { at: 9 * DAY, value: 3, isAfterGap: true },
    ];
    expect(mainOf({ points, events: [], par: null })).toEqual([
      [0, 1],
      [DAY, 2],
      [9 * DAY - 1, null],
      { value: [9 * DAY, 3], symbol: 'circle', symbolSize: 4 },
    ]);
    const svg = draw({ points, events: [], par: null });
    expect(svg).not.toContain('NaN');
  });

  it('names each event at its mark, and draws where it is worth what it stands for', () => {
    const points = [
      { at: 0, value: 0.94, isAfterGap: false },
      { at: 9 * DAY, value: 0.99, isAfterGap: false },
    ];
    const event = { from: 3 * DAY, to: 5 * DAY, label: 'Made-up incident', isRecorded: true };
    const svg = draw({ points, events: [event], par: 1 });
    expect(svg).toContain('Made-up incident');
    const { yAxis } = buildPriceLine({ points, events: [event], par: 1 }, palette, texts, layout);
    expect(yAxis).toMatchObject({ max: 1 + 0.06 * 0.12 });
  });

  it('stands without any point', () => {
    expect(draw({ points: [], events: [], par: null })).not.toContain('NaN');
  });

  it('is drawn from ten years of days', () => {
    const days = Array.from({ length: 3650 }, (_, day) => ({
      at: day * DAY,
      value: 10n ** 18n + BigInt(Math.round(Math.sin(day) * 1e15)),
      source: 'imported' as const,
    }));
    const points = thinSeries(markGaps(days)).map((point) => ({
      ...point,
      value: Number(point.value) / 1e18,
    }));
    expect(points.length).toBeLessThanOrEqual(2000);
    expect(draw({ points, events: [], par: 1 })).not.toContain('NaN');
  });
});
