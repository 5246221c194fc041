import { describe, expect, it } from 'vitest';
import { oldestTimeOf, sourcesOf } from './figure.ts';
import { makeObservation, readOk } from './testing/arbitrary-observation.ts';
import { makePriceFigure } from './value-rates.ts';
import type { Observation } from './observation.ts';

const TIME = 1_800_000_000;

function observe(updatedAt: number): Observation {
  const block = { number: 20n, hash: '0xabc', time: TIME };
  return makeObservation({
    origin: {
      kind: 'chain',
      chainId: 1,
      network: 'Ethereum',
      endpoint: 'node.test',
      block,
      blockSeconds: 12,
    },
    ethUsd: { price: readOk(3000_00000000n), updatedAt, heartbeat: 3600 },
  });
}

describe('the price of ETH', () => {
  it('is as old as the feed’s last update, not as the block it was read in', () => {
    const price = makePriceFigure(observe(TIME - 3500), { manualEthUsd: null });
    expect(price.value).toBe(3000_00000000n);
    expect(oldestTimeOf(price)).toBe((TIME - 3500) * 1000);
    expect(sourcesOf(price)).toMatchObject([
      { kind: 'chain', updatedAt: TIME - 3500, block: { time: TIME } },
    ]);
  });

  it('says when it was updated where it is stale too', () => {
    const price = makePriceFigure(observe(TIME - 3601), { manualEthUsd: null });
    expect(price).toMatchObject({ value: null, reason: { code: 'stale-price' } });
    expect(oldestTimeOf(price)).toBe((TIME - 3601) * 1000);
  });

  it('is what the user typed, before any feed, and says so', () => {
    const manual = { price: 2500_00000000n, enteredAt: 5 };
    for (const observation of [observe(TIME - 10), observe(TIME - 3601)]) {
      const price = makePriceFigure(observation, { manualEthUsd: manual });
      expect(price.value).toBe(2500_00000000n);
      expect(sourcesOf(price)).toEqual([{ kind: 'user', what: 'figure.what.manualEthUsd', enteredAt: 5 }]);
    }
    expect(makePriceFigure(observe(TIME - 10), { manualEthUsd: { price: 0n, enteredAt: 5 } }).value).toBe(
      3000_00000000n,
    );
  });

  it('is never of a time after the block, whatever the feed’s clock says', () => {
    expect(oldestTimeOf(makePriceFigure(observe(TIME + 30), { manualEthUsd: null }))).toBe(TIME * 1000);
  });
});
