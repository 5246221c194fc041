import { expect, it } from 'vitest';
import { makeObservation, readOk } from '../../../shared/domain/testing/arbitrary-observation.ts';
import { makePriceFigure } from '../../../shared/domain/value-rates.ts';
import { tellWhyNoPrice } from './whyNoPrice.ts';

it('tells a feed that does not exist from one that is too old', () => {
  const none = makeObservation({ ethUsd: null });
  expect(tellWhyNoPrice(makePriceFigure(none, { manualEthUsd: null }))).toBe('absent');
  const old = makeObservation({ ethUsd: { price: readOk(3_000n), updatedAt: 0, heartbeat: 3_600 } });
  expect(tellWhyNoPrice(makePriceFigure(old, { manualEthUsd: null }))).toBe('stale');
  const broken = makeObservation({ ethUsd: { price: readOk(0n), updatedAt: 0, heartbeat: 3_600 } });
  expect(tellWhyNoPrice(makePriceFigure(broken, { manualEthUsd: null }))).toBe('failed');
  expect(tellWhyNoPrice(null)).toBe('unknown');
});
