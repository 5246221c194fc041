import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKelpRequests } from './kelp-requests.ts';
import { readLidoRequests } from './lido-requests.ts';
import { readRenzoRequests } from './renzo-requests.ts';
import { arbitraryAnswer, owner, readAnswers } from './testing/arbitrary-answer.ts';

describe.each([
  ['Lido', readLidoRequests],
  ['Renzo', readRenzoRequests],
  ['Kelp', readKelpRequests],
])('whatever a node answers for %s', (_name, read) => {
  it('the reader ends in four rounds, without a crash, and takes nothing for a request of zero', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryAnswer, { minLength: 1, maxLength: 40 }), async (answers) => {
        const { value: list, rounds } = await readAnswers((context) => read(context, owner), answers);
        expect(rounds).toBeLessThanOrEqual(4);
        expect(list.requests.length).toBeLessThanOrEqual(16 * 256);
        for (const { given, pays, paidIn } of list.requests) {
          expect(given.ok && given.value > 0n).toBe(true);
          expect(pays.ok ? pays.value > 0n : pays.detail !== '').toBe(true);
          expect(paidIn.instrument === null).toBe(paidIn.token !== null);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
