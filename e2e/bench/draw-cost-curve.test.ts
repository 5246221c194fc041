import { expect, it } from 'vitest';
import type { Curve } from './cost-curve.ts';
import { drawCostCurve } from './draw-cost-curve.ts';

const curve: Curve = {
  id: 'paths',
  title: 'Paths, at 1000 operators',
  xLabel: 'paths',
  points: [
    { x: 1000, milliseconds: { linear: 1, cascade: 2, law: null, textbook: null } },
    { x: 1_000_000, milliseconds: { linear: 80, cascade: 300, law: null, textbook: null } },
  ],
  rows: [],
};

it('draws a panel per curve, with axes that say what they count', () => {
  const svg = drawCostCurve([curve, { ...curve, title: 'Edges', xLabel: 'edges' }]);
  expect(svg).toMatch(/^<svg /);
  for (const text of [
    'Paths, at 1000 operators',
    'Edges',
    'milliseconds',
    'simulation with cascades',
    '1M',
  ]) {
    expect(svg).toContain(`>${text}<`);
  }
});
