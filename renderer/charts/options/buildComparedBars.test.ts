import { expect, it } from 'vitest';
import { init } from '../echarts.ts';
import { buildComparedBars } from './buildComparedBars.ts';
import type { ChartPalette } from './palette.ts';

const palette: ChartPalette = {
  text: 'rgb(1, 1, 1)',
  textMuted: 'rgb(2, 2, 2)',
  line: 'rgb(3, 3, 3)',
  lineStrong: 'rgb(3, 3, 3)',
  surface: 'rgb(255, 255, 255)',
  loss: 'rgb(200, 0, 0)',
  categories: ['rgb(10, 10, 10)'],
  fontFamily: 'sans-serif',
};

it('draws a bar and a whisker for each product in both scales, from zero and to no more than all of it', () => {
  const bar = (name: string, base: number) => ({
    name,
    expectedLoss: { low: base / 10, base: base / 4, high: base / 2 },
    expectedShortfall: { low: base / 2, base, high: 1 },
  });
  const option = buildComparedBars(
    [bar('weETH', 0.4), bar('LBTC', 0.8)],
    palette,
    {
      description: 'described',
      expectedLoss: 'Expected loss',
      expectedShortfall: 'Worst',
      share: (share) => `${Math.round(share * 100)}%`,
      describe: ({ base }) => String(base),
    },
    { labelWidth: 80, textSize: 12 },
  );
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 800, height: 140 });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  for (const text of ['weETH', 'LBTC', 'Expected loss', 'Worst', '>0%<', '>100%<'])
    expect(svg).toContain(text);
  expect(svg).not.toContain('>120%<');
  // Three strokes for each whisker, of the colour of the text.
  expect(svg.match(/<(?:path|line)[^>]*stroke="rgb\(1, 1, 1\)"/gu)).toHaveLength(2 * 2 * 3);
});
