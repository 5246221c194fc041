import { expect, it } from 'vitest';
import { formatShare } from './comparedFigures.ts';

it('writes a share with the digits that count, and nothing above zero as zero', () => {
  const shares = [0, 0.003_14, 0.121, 1, -0.0321, 0.000_000_1, -0.000_000_1];
  expect(shares.map((share) => formatShare(share, 'en-GB'))).toEqual([
    '0%',
    '0.31%',
    '12%',
    '100%',
    '−3.2%',
    '< 0.001%',
    '> −0.001%',
  ]);
});
