import { expect, it } from 'vitest';
import { isNameTaken } from './isNameTaken.ts';

const portfolios = [
  { id: 'a', name: 'Treasury' },
  { id: 'b', name: 'Cold storage' },
];

it('finds a name that looks the same', () => {
  expect(isNameTaken(' treasury ', portfolios)).toBe(true);
  expect(isNameTaken('Treasury 2', portfolios)).toBe(false);
  expect(isNameTaken('', [{ id: 'c', name: '' }])).toBe(false);
});

it('does not hold a portfolio’s own name against it', () => {
  expect(isNameTaken('Treasury', portfolios, 'a')).toBe(false);
  expect(isNameTaken('Treasury', portfolios, 'b')).toBe(true);
});
