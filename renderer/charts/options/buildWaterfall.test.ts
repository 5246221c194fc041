import { describe, expect, it } from 'vitest';
import { makeScenarioResult } from '../../features/testing/makeScenarioResult.ts';
import { init } from '../echarts.ts';
import { buildWaterfall, listWaterfall, type WaterfallStep } from './buildWaterfall.ts';

const ETH = 10n ** 18n;
const result = makeScenarioResult([10n, 0n, 5n, 1n], { before: 100n, market: 42n });

function summarize(steps: readonly WaterfallStep[]): readonly (readonly [string, bigint, bigint | null])[] {
  return steps.map((step) => [step.kind, step.valueWei / ETH, 'leftWei' in step ? step.leftWei / ETH : null]);
}

describe('the steps of a waterfall', () => {
  it('lead from before to after without a gap, by the events that took something', () => {
    expect(summarize(listWaterfall({ ...result, totalMarketLossWei: result.totalLockedWei }, 12))).toEqual([
      ['before', 100n, null],
      ['loss', 10n, 90n],
      ['loss', 5n, 85n],
      ['loss', 1n, 84n],
      ['after', 84n, null],
    ]);
    const indexes = listWaterfall(result, 12).flatMap((step) => (step.kind === 'loss' ? [step.index] : []));
    expect(indexes).toEqual([0, 2, 3]);
  });

  it('go on to what is left at market prices, after what is left by the books', () => {
    expect(summarize(listWaterfall(result, 12)).slice(-3)).toEqual([
      ['after', 84n, null],
      ['discount', 42n, 42n],
      ['market', 42n, null],
    ]);
  });

  it('put the events beyond the limit together, and lose nothing by it', () => {
    const steps = listWaterfall(result, 2).filter(({ kind }) => kind === 'loss');
    expect(steps).toMatchObject([
      { index: 0, count: 1, valueWei: 10n * ETH },
      { index: null, count: 2, valueWei: 6n * ETH, leftWei: 84n * ETH },
    ]);
  });
});

it('draws losses hatched with their amount, from zero, and hides what carries them', () => {
  const option = buildWaterfall(
    listWaterfall(result, 12),
    {
      text: '#111',
      textMuted: '#666',
      line: '#ddd',
      lineStrong: '#bbb',
      surface: '#fff',
      loss: '#a00',
      categories: ['#048'],
      fontFamily: 'sans-serif',
    },
    {
      description: 'From cause to loss',
      nameOf: ({ kind }) => kind,
      amount: (wei) => `${(wei / ETH).toString()} ETH`,
      axis: 'ETH',
    },
    { labelWidth: 100, amountWidth: 60, textSize: 10 },
  );
  expect(option.xAxis).toMatchObject({ min: 0, name: 'ETH' });
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 360 });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  expect(svg).toContain('<pattern');
  for (const text of ['before', '100 ETH', '−10 ETH', '84 ETH', '−42 ETH'])
    expect(svg).toContain(`>${text}</text>`);
});
