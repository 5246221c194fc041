/** Ten years of days: prices opened from the store, a chart of them, and a portfolio's value over time. */
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MarketSeries } from '../../../electron/store/market-table.ts';
import { openStore } from '../../../electron/store/store.ts';
import { buildPriceLine } from '../../../renderer/charts/options/buildPriceLine.ts';
import { buildHistory, NO_PRICES } from '../../../shared/domain/history/build-history.ts';
import {
  makePosition,
  makeSnapshotOf,
  SPARE,
  VAULT,
} from '../../../shared/domain/history/testing/make-snapshots.ts';
import { markGaps } from '../../../shared/domain/market/series.ts';
import { thinSeries } from '../../../shared/domain/market/thin-series.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { measurePair, type Pair } from './measure-pairs.ts';

const DAYS = 3650;
const ASSETS = 30;
const DAY_MS = 86_400_000;
const BEGIN = Date.UTC(2016, 0, 1);
const CHART_MS = 100;

register([LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

function draw(option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 260 });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const palette = {
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
  description: 'a price',
  axis: 'USD',
  axisValue: String,
  date: (at: number) => new Date(at).toISOString().slice(0, 10),
  point: String,
};

export function measureChart(repetitions: number): Pair {
  const days = Array.from({ length: DAYS }, (_, day) => ({
    at: BEGIN + day * DAY_MS,
    value: WAD + BigInt(Math.round(Math.sin(day) * 1e15)),
    source: 'imported' as const,
  }));
  const bare = days.map(({ at, value }) => [at, Number(value) / 1e18]);
  return measurePair(
    { name: 'chart of ten years of days', baseline: 'a bare line by the same library', wanted: CHART_MS },
    () => {
      const points = thinSeries(markGaps(days)).map((point) => ({
        ...point,
        value: Number(point.value) / 1e18,
      }));
      return draw(
        buildPriceLine({ points, events: [], par: 1 }, palette, texts, { textSize: 12, category: 0 }),
      );
    },
    () =>
      draw({
        animation: false,
        xAxis: { type: 'time' },
        yAxis: { type: 'value' },
        series: [{ type: 'line', data: bare, showSymbol: false }],
      }),
    repetitions,
  );
}

export function measureStore(repetitions: number): Pair {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-store-'));
  const points = Array.from({ length: DAYS }, (_, day) => ({
    at: BEGIN + day * DAY_MS,
    value: 100_000_000n + BigInt(day),
    detail: 'prices.csv',
  }));
  const series = Array.from({ length: ASSETS }, (_, index): MarketSeries => ({
    kind: 'price',
    asset: `T${index}`,
    quote: 'USD',
    source: 'imported',
  }));
  const plain = JSON.stringify(
    series.map(() => points.map(({ at, value, detail }) => [at, `${value}`, detail])),
  );
  try {
    const filling = openStore(folder);
    filling.transact(() => {
      for (const one of series) filling.market.put(one, points);
    });
    filling.close();
    const open = (): void => {
      const store = openStore(folder);
      for (const one of series) store.market.read(one);
      store.close();
    };
    return measurePair(
      {
        name: `open ${(DAYS * ASSETS).toLocaleString('en')} sealed prices`,
        baseline: 'the same numbers from JSON in memory',
        wanted: null,
      },
      open,
      () => JSON.parse(plain),
      repetitions,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const POSITIONS = 20;

export function measureValueOverTime(repetitions: number): Pair {
  const tokens = ['ETH', 'stETH', 'wstETH', 'weETH', 'ezETH', 'rsETH', 'pufETH', 'rETH', 'cbETH', 'mETH'];
  const snapshots = Array.from({ length: DAYS }, (_, day) =>
    makeSnapshotOf(
      day,
      Array.from({ length: POSITIONS }, (__, index) =>
        makePosition(tokens[index % tokens.length]!, {
          address: index < tokens.length ? VAULT : SPARE,
          amount: 10n * WAD + BigInt(day * index),
          rate: WAD + BigInt(day) * 10n ** 13n,
        }),
      ),
    ),
  );
  const amounts = snapshots.map(({ positions }) => positions.map(({ amount }) => Number(amount) / 1e18));
  const rates = snapshots.map(({ positions }) => positions.map(({ rate }) => Number(rate) / 1e18));
  return measurePair(
    {
      name: `value over time, ${DAYS} readings of ${POSITIONS} positions`,
      baseline: 'the same products in floating point',
      wanted: null,
    },
    () =>
      buildHistory(
        { currency: 'USD', groupBy: 'position', basis: 'book', from: null, to: null },
        { snapshots, prices: NO_PRICES, names: new Map(), isSynthetic: false, imports: [] },
      ),
    () => amounts.map((own, day) => own.map((amount, index) => amount * rates[day]![index]! * 3000)),
    repetitions,
  );
}
