import { expect, it } from 'vitest';
import { encodeWorkload } from './encode-workload.ts';
import { tinyWorkload } from './tiny-workload.ts';

it('lays the columns out as documented', () => {
  const bytes = encodeWorkload(tinyWorkload);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  const read = (count: number, width: number, get: (at: number) => number): number[] =>
    Array.from({ length: count }, () => {
      const value = get(offset);
      offset += width;
      return value;
    });
  const doubles = (count: number): number[] => {
    expect(offset % 8).toBe(0);
    return read(count, 8, (at) => view.getFloat64(at, true));
  };
  const integers = (count: number): number[] => read(count, 4, (at) => view.getUint32(at, true));

  expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('BALLAST1');
  offset = 8;
  expect(integers(6)).toEqual([7, 3, 3, 9, 8, 0]);
  expect(doubles(1)).toEqual([0.3]);
  expect(doubles(7)).toEqual([0.1, 0.05, 0.2, 0.02, 0, 1, 0.03]);
  expect(doubles(7)).toEqual([100, 60, 40, 80, 50, 10, 500]);
  expect(doubles(7)).toEqual([37, 20, 11, 13, 17, 4, 23]);
  // Edges by operator, then service.
  expect(doubles(9)).toEqual([100, 60, 60, 25, 80, 50, 10, 500, 500]);
  expect(doubles(9)).toEqual([0.45, 0.45, 0.5, 0.9, 0.3, 0.6, 0.9, 0.01, 0.7]);
  // Weights by operator, then position.
  expect(doubles(8)).toEqual([30, 7, 20, 11, 13, 17, 4, 23]);
  expect(doubles(3)).toEqual([100, 48, 50]);
  expect(integers(9)).toEqual([0, 1, 1, 2, 3, 4, 5, 6, 6]);
  expect(integers(9)).toEqual([0, 0, 1, 0, 1, 1, 2, 1, 2]);
  expect(integers(9)).toEqual([1, 1, 1, 2, 1, 1, 1, 0, 1]);
  expect(integers(8)).toEqual([0, 0, 1, 2, 3, 4, 5, 6]);
  expect(integers(8)).toEqual([0, 1, 0, 1, 1, 1, 0, 2]);
  expect(offset).toBe(bytes.length);
});
