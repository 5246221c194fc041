import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileKernel, kernelFile } from './kernel-lib.ts';

describe('the simulation’s kernel', () => {
  it('is what its source compiles to', async () => {
    expect(readFileSync(kernelFile, 'utf8')).toBe(await compileKernel());
  });
});
