import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import {
  buildSecurityNetwork,
  validateSecurityNetwork,
  type SecurityNetworkInput,
} from './restaking-network.ts';

const valid: SecurityNetworkInput = {
  validators: [
    { id: 'v', stake: '1e30' },
    { id: 'w', stake: 2n },
  ],
  services: [{ id: 's', profit: '0.5', threshold: '9/10' }],
  edges: [{ serviceId: 's', validatorId: 'v', mode: 'shared' }],
};

function refusal(input: SecurityNetworkInput): AppError {
  try {
    buildSecurityNetwork(input);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
  }
  throw new Error('it was accepted');
}

describe('buildSecurityNetwork', () => {
  it('reads integers, decimals and fractions exactly', () => {
    expect(buildSecurityNetwork(valid)).toEqual({
      validators: [
        { id: 'v', stake: { num: 10n ** 30n, den: 1n } },
        { id: 'w', stake: { num: 2n, den: 1n } },
      ],
      services: [{ id: 's', profit: { num: 1n, den: 2n }, threshold: { num: 9n, den: 10n } }],
      edges: [['s', 'v']],
    });
  });

  it('names the first problem and lists all of them', () => {
    const error = refusal({
      validators: [
        { id: 'v', stake: 'NaN' },
        { id: 'v', stake: '-1' },
        { id: 'w', stake: { num: 1n, den: 0n } },
      ],
      services: [
        { id: 's', profit: 'Infinity', threshold: '0' },
        { id: 't', profit: '', threshold: '1.01' },
      ],
      edges: [
        { serviceId: 's', validatorId: 'x', mode: 'shared' },
        { serviceId: 'u', validatorId: 'v', mode: 'shared' },
        { serviceId: 's', validatorId: 'v', mode: 'shared' },
        { serviceId: 's', validatorId: 'v', mode: 'shared' },
      ],
    });
    expect(error.code).toBe('scenario-invalid');
    expect(error.message).toContain('the stake of validator v is not a number');
    expect(error.detail!.split('; ')).toEqual([
      'the stake of validator v is not a number of at most a hundred digits: “NaN”',
      'the stake of validator v is below zero: -1',
      'the stake of validator w is not a number of at most a hundred digits: 1/0',
      'the profit of service s is not a number of at most a hundred digits: “Infinity”',
      'the threshold of service s is not above 0 and at most 1: 0',
      'the profit of service t is not a number of at most a hundred digits: “”',
      'the threshold of service t is not above 0 and at most 1: 101/100',
      'validator v is listed twice',
      'an edge names the unknown validator x',
      'an edge names the unknown service u',
      'the edge of s and v is listed twice',
    ]);
  });

  it('refuses EigenLayer’s unique edges and elastic ones, with the reason', () => {
    const edges = (mode: 'unique' | 'elastic') => [{ serviceId: 's', validatorId: 'v', mode }];
    expect(refusal({ ...valid, edges: edges('unique') }).message).toContain('this model does not apply');
    expect(refusal({ ...valid, edges: edges('elastic') }).message).toContain('use the elastic network');
  });

  it('checks a network that was put together by hand', () => {
    const network = buildSecurityNetwork(valid);
    expect(() => validateSecurityNetwork(network)).not.toThrow();
    expect(() => validateSecurityNetwork({ ...network, validators: [] })).toThrow('unknown validator v');
  });
});
