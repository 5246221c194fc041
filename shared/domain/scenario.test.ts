import { describe, expect, it } from 'vitest';
import { toEvmAddress } from './address.ts';
import { runSchema } from './scenario.ts';

/** A run as it was kept before there were other events than these two, letter by letter. */
const ADDRESS = toEvmAddress(`0x${'0a'.repeat(20)}`);
const kept = {
  id: 'run-1',
  portfolioId: 'portfolio-1',
  ranAt: 1_700_000_000_000,
  blockNumber: 20_000_000n,
  result: {
    scenario: {
      preset: 'custom',
      events: [
        { kind: 'operator-slash', operator: ADDRESS, service: 'all', wad: 10n ** 17n },
        { kind: 'contract-failure', dependency: 'contract:lido', loss: 2n * 10n ** 17n },
      ],
    },
    positions: [
      {
        positionId: 'a',
        beforeWei: 100n,
        afterWei: 72n,
        lossWei: 28n,
        hiddenWei: 0n,
        reasons: [
          {
            kind: 'slash',
            eventIndex: 0,
            operator: ADDRESS,
            serviceId: 's1',
            strategy: ADDRESS,
            allocatedMagnitude: 10n ** 18n,
            slashedMagnitude: 10n ** 17n,
            maxMagnitudeBefore: 10n ** 18n,
            maxMagnitudeAfter: 9n * 10n ** 17n,
            shares: null,
            lossWei: 10n,
          },
          {
            kind: 'dependency',
            eventIndex: 1,
            dependency: 'contract:lido',
            loss: 2n * 10n ** 17n,
            lossWei: 18n,
          },
        ],
      },
    ],
    events: [
      {
        event: { kind: 'operator-slash', operator: ADDRESS, service: 'all', wad: 10n ** 17n },
        lossWei: 10n,
        note: null,
      },
      {
        event: { kind: 'contract-failure', dependency: 'contract:lido', loss: 2n * 10n ** 17n },
        lossWei: 18n,
        note: null,
      },
    ],
    totalBeforeWei: 100n,
    totalAfterWei: 72n,
    totalLossWei: 28n,
    unvaluedIds: [],
  },
};

describe('a run kept by an earlier version', () => {
  it('is read as it is, with nothing beside its losses', () => {
    const run = runSchema.parse(kept);
    expect(run).toMatchObject(kept);
    expect(run.result).toMatchObject({ totalMarketLossWei: 0n, totalRecoveredWei: 0n, totalLockedWei: 0n });
    expect(run.result).toMatchObject({ covers: [], leftOut: [] });
    expect(run.result.positions[0]).toMatchObject({ marketLossWei: 0n, recoveredWei: 0n, lock: null });
    expect(run.result.positions[0]?.reasons[0]).toMatchObject({ isRedistributed: null });
  });
});
