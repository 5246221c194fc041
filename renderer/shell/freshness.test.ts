import { describe, expect, it } from 'vitest';
import type { Freshness } from '../../shared/contract/methods.ts';
import { isStale } from './freshness.ts';

const block = { number: 1n, hash: '0x01', time: 0 };
const error = { code: 'node-timeout' as const, message: 'Too long.', retryable: true };
const read: Freshness = {
  kind: 'read',
  origin: {
    kind: 'chain',
    chainId: 1,
    network: 'Ethereum',
    endpoint: 'localhost:8545',
    block,
    blockSeconds: 12,
  },
  readAt: 0,
  error: null,
  failedAt: null,
};

describe('staleness', () => {
  it('begins when a later refresh failed', () => {
    expect(isStale(read)).toBe(false);
    expect(isStale({ ...read, error, failedAt: 1 })).toBe(true);
  });

  it('is no word for the sample, which does not age, nor for what was never read', () => {
    expect(isStale({ ...read, origin: { kind: 'sample', note: '', block, blockSeconds: 12 }, error })).toBe(
      false,
    );
    expect(isStale({ kind: 'never', error })).toBe(false);
    expect(isStale(undefined)).toBe(false);
  });
});
