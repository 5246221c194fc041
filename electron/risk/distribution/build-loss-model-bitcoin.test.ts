import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Leg } from '../../../shared/domain/exposure.ts';
import { hazardsSchema } from '../../../shared/domain/hazards.ts';
import { makeExposure, makePosition, plainLeg, wei } from '../testing/make-exposure.ts';
import { buildLossModel, type LossModelOptions } from './build-loss-model.ts';
import { expectedShares } from './testing/expected-shares.ts';

const assets = join(import.meta.dirname, '..', '..', '..', 'assets');
const hazards = hazardsSchema.parse(
  JSON.parse(readFileSync(join(assets, 'hazards', 'hazards.json'), 'utf8')),
);
const ONE_YEAR: LossModelOptions = { horizonYears: 1 };

it('takes of a stake with Babylon, where its provider signs twice, what its scripts say, and nothing of Ethereum', () => {
  const leg: Leg = {
    kind: 'provider',
    bookWei: wei(30n * 10n ** 18n),
    provider: 'ab'.repeat(32),
    name: 'A provider',
    slash: { lossSat: 200_000n, ofSat: 100_000_000n },
  };
  const stake = makePosition('p', [leg], { instrumentId: 'babylon:stake', symbol: 'BTC in Babylon' });
  const built = buildLossModel(
    makeExposure({ operators: [], positions: [stake] }),
    hazards,
    'base',
    ONE_YEAR,
  );
  expect(built.sources.map(({ sourceId, label }) => [sourceId, label])).toEqual([
    [`babylon_fp_equivocation:${'ab'.repeat(32)}`, 'A provider'],
  ]);
  const shares = expectedShares(built, 'p');
  // 200,000 of 100,000,000 satoshi, with the chance of 0.005141 events a year.
  expect([...shares.values()]).toEqual([expect.closeTo((1 - Math.exp(-0.005141)) * 0.002, 12)]);
});

it('lets only a finality provider take of bitcoin that stands out of sight, and says that it is assumed', () => {
  const claim = makePosition('p', [plainLeg('hidden', 10n ** 18n)], { instrumentId: 'LBTC', symbol: 'LBTC' });
  const exposure = makeExposure({ operators: [], positions: [claim] });
  const built = buildLossModel(exposure, hazards, 'base', ONE_YEAR);
  expect(built.sources).toMatchObject([
    { class: 'babylon_fp_equivocation', label: 'Lombard (bitcoin)', isAssumed: true },
  ]);
  expect([...expectedShares(built, 'p').values()]).toEqual([
    expect.closeTo((1 - Math.exp(-0.005141)) * 0.001, 12),
  ]);
  expect(built.assumptions).toEqual([
    { kind: 'hidden-with-one-operator', label: 'Lombard (bitcoin)', amount: 1 },
  ]);
  const without = buildLossModel(exposure, hazards, 'base', { ...ONE_YEAR, hidden: 'leave-out' });
  expect(without.sources).toEqual([]);
  expect(without.leftOut).toContainEqual({
    reason: 'hidden',
    id: 'Lombard (bitcoin)',
    label: 'Lombard (bitcoin)',
    amount: 1,
  });
});
