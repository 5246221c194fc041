import { describe, expect, it } from 'vitest';
import { makeDistribution, makeStudy } from '../../../shared/domain/testing/make-study.ts';
import { init } from '../echarts.ts';
import { buildExceedance, readExceedance, type Exceedance } from './buildExceedance.ts';
import type { ChartPalette } from './palette.ts';

const palette: ChartPalette = {
  text: 'rgb(1, 1, 1)',
  textMuted: 'rgb(2, 2, 2)',
  line: 'rgb(3, 3, 3)',
  lineStrong: 'rgb(3, 3, 3)',
  surface: 'rgb(255, 255, 255)',
  loss: 'rgb(200, 0, 0)',
  categories: [10, 20, 30, 40, 50, 60, 70, 80].map((grey) => `rgb(${grey}, ${grey}, ${grey})`),
  fontFamily: 'sans-serif',
};

function read(expected: number): Exceedance {
  const exceedance = readExceedance(makeStudy(expected).sets);
  if (exceedance === null) throw new Error('something is lost');
  return exceedance;
}

function draw(exceedance: Exceedance, isHidden: boolean): string {
  const texts = {
    description: 'd',
    nameOf: (set: string) => `set ${set}`,
    nameMark: ({ kind, loss }: { readonly kind: string; readonly loss: number }) =>
      `${kind} ${isHidden ? '••••' : loss}`,
    chance: (probability: number) => `${probability * 100}%`,
    point: () => '',
    probabilityAxis: 'Chance (log scale)',
    lossAxis: 'Loss, ETH',
  };
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 700, height: 320 });
  chart.setOption(buildExceedance(exceedance, palette, texts, { textSize: 12, isHidden }));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

describe('the curves', () => {
  it('fall from the chance of any loss to the rarest chance that is no noise', () => {
    const { curves, rarest } = read(2);
    expect(rarest).toBe(1e-4);
    for (const { points } of curves) {
      expect(points[0]).toEqual({ loss: 0, probability: 0.1 });
      expect(points.at(-1)?.probability).toBeCloseTo(rarest, 12);
      for (const [index, { loss, probability }] of points.entries()) {
        expect(loss).toBeGreaterThanOrEqual(points[index - 1]?.loss ?? 0);
        expect(probability).toBeLessThanOrEqual(points[index - 1]?.probability ?? 1);
      }
    }
    // Half way on the logarithmic axis between the last two points.
    expect(curves[1]?.points.at(-1)?.loss).toBeCloseTo(50, 9);
  });

  it('end higher up where fewer cases were simulated', () => {
    const sets = [{ set: 'base' as const, distribution: makeDistribution(2, { paths: 5000 }) }];
    expect(readExceedance(sets)?.rarest).toBe(0.01);
  });

  it('carry the marks of base numbers, each on the curve', () => {
    const { marks } = read(2);
    expect(marks.map(({ kind, loss }) => [kind, loss])).toEqual([
      ['expected', 2],
      ['value-at-risk', 20],
      ['expected-shortfall', 40],
    ]);
    expect(marks.map(({ probability }) => probability)).toEqual(
      [0.1, 0.01, 0.001].map((p) => expect.closeTo(p, 12) as number),
    );
  });

  it('are not drawn where nothing is lost', () => {
    const nothing = makeDistribution(0, { exceedance: [] });
    expect(readExceedance([{ set: 'base', distribution: nothing }])).toBeNull();
  });
});

describe('the drawing', () => {
  it('names its axes, its curves and its marks, and tells the curves apart by dash', () => {
    const svg = draw(read(2), false);
    for (const text of ['Chance (log scale)', 'Loss, ETH', 'set calm', 'set base', 'set stressed', '0.01%']) {
      expect(svg).toContain(text);
    }
    expect(svg).toContain('value-at-risk 20');
    expect(new Set(svg.match(/stroke-dasharray="[^"]+"/gu)).size).toBeGreaterThan(1);
  });

  it('shows no amount while they are covered', () => {
    const svg = draw(read(2), true);
    expect(svg).not.toMatch(/>\d+</u);
    expect(svg).toContain('••••');
  });
});
