import { describe, expect, it } from 'vitest';
import { tinyWorkload } from './tiny-workload.ts';
import { toLossModel } from './to-loss-model.ts';
import { computeExpectedLoss } from './workload.ts';

describe('toLossModel', () => {
  const model = toLossModel(tinyWorkload, { hasCascades: true });

  it('takes from each position what the workload says', () => {
    const expected = model.sources.reduce(
      (sum, { probability, strikes }) =>
        sum +
        probability *
          strikes
            .flatMap(({ hits }) => hits)
            .reduce((loss, { position, share }) => loss + share * model.positions[position]!.value, 0),
      0,
    );
    expect(expected).toBeCloseTo(computeExpectedLoss(tinyWorkload), 12);
    expect(model.positions.map(({ value }) => value)).toEqual([100, 48, 50]);
  });

  it('lets faults spread over shared and elastic edges only', () => {
    expect(model.contagion?.serviceCount).toBe(3);
    expect(model.contagion?.edges).toHaveLength(8);
    expect(model.contagion?.edges).not.toContainEqual(expect.objectContaining({ threshold: 0.01 }));
    expect(model.contagion?.edges[2]).toEqual({
      sourceId: 'operator-2',
      service: 0,
      stake: 25,
      threshold: 0.9,
    });
  });

  it('has no network where no cascades are wanted', () => {
    expect(toLossModel(tinyWorkload, { hasCascades: false }).contagion).toBeNull();
  });
});
