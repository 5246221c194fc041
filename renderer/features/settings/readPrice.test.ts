import { expect, it } from 'vitest';
import { readPrice } from './readPrice.ts';

it('reads dollars with eight decimals, and refuses what is no price', () => {
  expect(readPrice('3,120.50')).toEqual({ ok: true, price: 312_050_000_000n });
  expect(readPrice('0.00')).toEqual({ ok: false, problem: 'zero' });
  expect(readPrice('-1')).toEqual({ ok: false, problem: 'negative' });
  expect(readPrice('1.123456789')).toEqual({ ok: false, problem: 'too-many-decimals' });
  expect(readPrice('')).toEqual({ ok: false, problem: 'empty' });
});
