import { expect, it } from 'vitest';
import { killStore } from './kill-store.ts';

// `npm run torture` does the same a hundred times.
it('loses nothing it acknowledged when it is killed while it writes', async () => {
  const { kills, steps } = await killStore(3);
  expect(kills).toBe(9);
  expect(steps).toBeGreaterThan(0);
}, 120_000);
