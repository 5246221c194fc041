import { describe, expect, it } from 'vitest';
import { DEFAULT_SHAPE, LARGE_SHAPE, makeWorkload, type WorkloadShape } from './make-workload.ts';
import { countServices, workloadSchema } from './workload.ts';

const SMALL: WorkloadShape = {
  ...DEFAULT_SHAPE,
  operators: 50,
  services: 10,
  positions: 20,
  faultsPerPath: 2,
};

describe('makeWorkload', () => {
  it('makes the same workload from the same seed, and another from another', () => {
    expect(makeWorkload(SMALL)).toEqual(makeWorkload(SMALL));
    expect(makeWorkload({ ...SMALL, seed: 2 })).not.toEqual(makeWorkload(SMALL));
  });

  it.each([SMALL, DEFAULT_SHAPE, LARGE_SHAPE])(
    'makes what the shape asks for: $name, $operators',
    (shape) => {
      const workload = workloadSchema.parse(makeWorkload(shape));
      expect(workload.operators).toHaveLength(shape.operators);
      expect(countServices(workload)).toBe(shape.services);
      expect(workload.edges).toHaveLength(shape.operators * shape.edgesPerOperator);
      expect(workload.positions).toHaveLength(shape.positions);
      const faults = workload.operators.reduce((sum, { hazard }) => sum + hazard, 0);
      expect(faults).toBeCloseTo(shape.faultsPerPath, 10);
    },
  );

  it('is the network of the targets', () => {
    expect(DEFAULT_SHAPE).toMatchObject({
      operators: 1000,
      services: 100,
      positions: 200,
      faultsPerPath: 3.76,
      rho: 0.2,
    });
    expect(LARGE_SHAPE).toMatchObject({ operators: 2000, services: 200, positions: 500 });
    expect(LARGE_SHAPE.operators * LARGE_SHAPE.edgesPerOperator).toBe(20_000);
  });

  it('keeps the sum of hazards where some have to be cut off', () => {
    const workload = makeWorkload({ ...SMALL, faultsPerPath: 15 });
    const hazards = workload.operators.map(({ hazard }) => hazard);
    expect(Math.max(...hazards)).toBe(0.5);
    expect(hazards.reduce((sum, hazard) => sum + hazard, 0)).toBeCloseTo(15, 10);
  });

  it.each([
    [{ edgesPerOperator: 11 }, /as many services/],
    [{ operatorsPerPosition: 51 }, /as many operators/],
    [{ faultsPerPath: 25 }, /faults per path/],
  ])('refuses what cannot be made: %o', (change, message) => {
    expect(() => makeWorkload({ ...SMALL, ...change })).toThrow(message);
  });
});
