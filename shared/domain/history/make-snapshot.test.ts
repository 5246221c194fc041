import { expect, it } from 'vitest';
import { makeObservation, readOk } from '../testing/arbitrary-observation.ts';
import { makeSnapshot } from './make-snapshot.ts';

const TIME = 1_800_000_000;

function snapshotWith(updatedAt: number, enteredAt: number) {
  const observation = makeObservation({
    readAt: TIME * 1000,
    origin: {
      kind: 'chain',
      chainId: 1,
      network: 'Ethereum',
      endpoint: 'node.test',
      block: { number: 20n, hash: '0xabc', time: TIME },
      blockSeconds: 12,
    },
    ethUsd: { price: readOk(3000_00000000n), updatedAt, heartbeat: 3600 },
  });
  const manualEthUsd = { price: 2500_00000000n, enteredAt };
  return makeSnapshot(observation, { accounts: [], manualEthUsd, btcUsd: () => null, market: () => null });
}

it('keeps the observed price of ETH, whatever was typed', () => {
  expect(snapshotWith(TIME - 10, 5)).toMatchObject({ ethUsd: 3000_00000000n, whyNoPrice: null });
});

it('keeps the typed price only where there was none, and never one that was typed later', () => {
  expect(snapshotWith(TIME - 3601, 5)).toMatchObject({ ethUsd: 2500_00000000n, whyNoPrice: null });
  const later = snapshotWith(TIME - 3601, TIME * 1000 + 1);
  expect(later).toMatchObject({ ethUsd: null, whyNoPrice: 'stale-price' });
});
