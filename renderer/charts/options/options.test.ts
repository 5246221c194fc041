import { expect, it } from 'vitest';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import type { Exposure, Leg } from '../../../shared/domain/exposure.ts';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import type { Wei } from '../../../shared/domain/units.ts';
import { init, type EChartsCoreOption } from '../echarts.ts';
import { buildAllocationBar } from './buildAllocationBar.ts';
import { buildExposureSankey } from './buildExposureSankey.ts';
import { buildLossBars, rankLosses } from './buildLossBars.ts';
import { foldFlows } from './foldFlows.ts';
import { listAllocation } from './listAllocation.ts';
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
const eth = (amount: number): Wei => (BigInt(amount) * 10n ** 18n) as Wei;
const amount = (wei: bigint): string => `${(wei / 10n ** 18n).toString()} ETH`;

/** What a browser would be given: the drawn text shows that nothing was cut away. */
function draw(option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 700, height: 400 });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const operators = [1, 2, 3].map((digit) => toEvmAddress(`0x${String(digit).repeat(40)}`));
const strategy = toEvmAddress(`0x${'9'.repeat(40)}`);
const pooled = (index: number, bookWei: Wei): Leg => ({
  kind: 'pooled',
  bookWei,
  operator: operators[index]!,
  strategy,
});

function makePositions(legs: Leg[][]): Exposure['positions'] {
  return legs.map((ownLegs, index) => ({
    id: `p${index}`,
    label: `Position ${index}`,
    instrumentId: 'weETH',
    symbol: 'weETH',
    accountLabel: 'Treasury',
    state: 'held',
    bookWei: ownLegs.reduce((sum, leg) => sum + leg.bookWei, 0n) as Wei,
    legs: ownLegs,
    dependsOn: [],
  }));
}

const exposure = {
  positions: makePositions([
    [pooled(0, eth(50)), pooled(1, eth(30)), { kind: 'hidden', bookWei: eth(20) }],
    [pooled(1, eth(5)), pooled(2, eth(4)), { kind: 'free', bookWei: eth(11) }],
  ]),
  operators: operators.map((address, index) => ({
    address,
    name: `Operator ${index}`,
    isNamed: true,
    mode: 'unique' as const,
    strategies: [],
    unreadStrategies: [],
  })),
};

it('lists parts that add up to the book value, operators first and the unseen last', () => {
  const parts = listAllocation(exposure, 6);
  expect(parts.map(({ kind, name, valueWei }) => [kind, name, valueWei])).toEqual([
    ['operator', 'Operator 0', eth(50)],
    ['operator', 'Operator 1', eth(35)],
    ['operator', 'Operator 2', eth(4)],
    ['free', '', eth(11)],
    ['hidden', '', eth(20)],
  ]);
});

it('sums the operators beyond the limit into one part', () => {
  const parts = listAllocation(exposure, 2);
  expect(parts[1]).toMatchObject({ kind: 'rest', valueWei: eth(39), count: 2 });
  expect(parts.reduce((sum, { valueWei }) => sum + valueWei, 0n)).toBe(eth(120));
});

it('draws the allocation bar from zero to the total, with its unit and what is hidden hatched', () => {
  const parts = listAllocation(exposure, 6);
  const option = buildAllocationBar(
    parts,
    palette,
    { description: 'Depends on', nameOf: ({ kind, name }) => name || kind, amount, axis: 'ETH' },
    10,
  );
  expect(option.xAxis).toMatchObject({ min: 0, max: 120, name: 'ETH' });
  expect(option.series).toHaveLength(parts.length);
  expect(option.animation).toBe(false);
  const svg = draw(option);
  expect(svg).toContain('>ETH</text>');
  expect(svg).toContain('<pattern');
});

it('labels every node of the flow with its name and amount, and keeps inflow and outflow equal', () => {
  const nodes: Exposure['nodes'] = [
    { id: 'p', kind: 'position', name: 'weETH, Treasury', depth: 0, valueWei: eth(7) },
    { id: 't', kind: 'token', name: 'weETH', depth: 1, valueWei: eth(7) },
    { id: 'o', kind: 'operator', name: 'Operator {b}', depth: 2, valueWei: eth(4) },
    { id: 'hidden', kind: 'hidden', name: 'figure.node.hidden', depth: 2, valueWei: eth(3) },
  ];
  const links: Exposure['links'] = [
    { from: 'p', to: 't', valueWei: eth(7) },
    { from: 't', to: 'o', valueWei: eth(4) },
    { from: 't', to: 'hidden', valueWei: eth(3) },
  ];
  const option = buildExposureSankey(
    foldFlows({ nodes, links }, 12),
    palette,
    { description: 'Flow', nameOf: ({ kind, name }) => (kind === 'hidden' ? 'Not visible' : name), amount },
    { labelWidth: 140, textSize: 10 },
  );
  const svg = draw(option);
  for (const text of ['weETH, Treasury', 'Operator {b}', 'Not visible', '7 ETH', '4 ETH', '3 ETH']) {
    expect(svg).toContain(`>${text}</text>`);
  }
});

const result: Pick<ScenarioResult, 'positions'> = {
  positions: [
    ['a', 10, 10],
    ['b', 30, 24],
    ['c', 20, 11],
    ['d', 40, 40],
  ].map(([positionId, before, after]) => ({
    positionId: String(positionId),
    beforeWei: eth(Number(before)),
    afterWei: eth(Number(after)),
    lossWei: eth(Number(before) - Number(after)),
    hiddenWei: 0n as Wei,
    recoveredWei: 0n as Wei,
    marketLossWei: 0n as Wei,
    lockedWei: 0n as Wei,
    lock: null,
    reasons: [],
  })),
};

it('ranks by loss, then by value, and sums up what is not drawn', () => {
  const { rows, rest } = rankLosses(result, 2);
  expect(rows.map(({ positionId }) => positionId)).toEqual(['c', 'b']);
  expect(rest).toEqual({ count: 2, beforeWei: eth(50), afterWei: eth(50), lossWei: 0n });
  expect(rankLosses(result, 4).rest).toBeNull();
  expect(rankLosses(result, 4).rows.map(({ positionId }) => positionId)).toEqual(['c', 'b', 'd', 'a']);
});

it('marks a loss by a pattern and a number, never by colour alone, and starts the axis at zero', () => {
  const option = buildLossBars(
    rankLosses(result, 4).rows,
    palette,
    {
      description: 'Before and after',
      nameOf: ({ positionId }) => `Position ${positionId}`,
      amount,
      after: 'Left',
      lost: 'Lost',
      axis: 'ETH',
    },
    { labelWidth: 120, amountWidth: 60, textSize: 10 },
  );
  expect(option.xAxis).toMatchObject({ min: 0, name: 'ETH' });
  const svg = draw(option);
  expect(svg).toContain('<pattern');
  for (const text of ['Position a', 'Position c', '−9 ETH', '−6 ETH', 'Left', 'Lost']) {
    expect(svg).toContain(`>${text}</text>`);
  }
  expect(svg).not.toContain('>−0 ETH</text>');
});
