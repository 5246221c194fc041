import { expect, it } from 'vitest';
import { COMPARISON_ASSUMPTIONS } from '../domain/product-comparison.ts';
import { SCORE_DIMENSIONS, SCORE_INPUTS } from '../domain/score/score.ts';
import { YIELD_PARTS, YIELD_STEPS } from '../domain/yield.ts';
import { en } from './en/en.ts';

it('has a text for every part of score, yield and comparison, and none to spare', () => {
  const { score, yields, comparison } = en;
  expect(Object.keys(score.dimension)).toEqual([...SCORE_DIMENSIONS]);
  expect(Object.keys(score.dimensionAsks)).toEqual([...SCORE_DIMENSIONS]);
  expect(Object.keys(score.input)).toEqual([...SCORE_INPUTS]);
  expect(Object.keys(score.formula)).toEqual([...SCORE_INPUTS]);
  expect(Object.keys(yields.part)).toEqual([...YIELD_PARTS]);
  expect(Object.keys(yields.step)).toEqual([...YIELD_STEPS, 'net']);
  expect(Object.keys(comparison.assumption)).toEqual([...COMPARISON_ASSUMPTIONS]);
});
