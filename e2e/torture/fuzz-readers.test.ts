import { expect, it } from 'vitest';
import { fuzzReaders } from './fuzz-readers.ts';

// `npm run torture -- readers` does the same 15,000 times.
it('reads whatever a node answers without a crash, more rounds, or a zero that nobody said', async () => {
  const { refreshes, lies, fewestLies } = await fuzzReaders(40, 1_000_000);
  expect(refreshes).toBe(40);
  expect(lies).toBeGreaterThan(1000);
  expect(fewestLies).toBeGreaterThan(0);
}, 120_000);
