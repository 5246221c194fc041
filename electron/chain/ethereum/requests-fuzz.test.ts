import fc from 'fast-check';
import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { CONTRACT_NAMES } from '../../../shared/domain/network.ts';
import { parseNetworkFile } from '../networks.ts';
import { createNoticeLog, type ReadContext } from './context.ts';
import { readKelpRequests } from './kelp-requests.ts';
import { readLidoRequests } from './lido-requests.ts';
import { readRenzoRequests } from './renzo-requests.ts';
import { runReader, type RunRound } from './rounds.ts';
import { settle, type RawResult } from './view.ts';

const owner = toEvmAddress(`0x${'0'.repeat(35)}a11ce`);
const addressOf = (number: number): string => `0x${number.toString(16).padStart(40, '0')}`;
const contracts = Object.fromEntries(CONTRACT_NAMES.map((name, index) => [name, addressOf(0xc0 + index)]));
const network = parseNetworkFile(
  JSON.stringify({ schema: 'ballast-network/1', name: 'Fuzz', chainId: 1, contracts }),
);

/** Words that a decoder takes for offsets, lengths, flags, addresses and amounts. */
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0n, 1n, 2n, 32n, 64n, 2n ** 256n - 1n, BigInt(owner)) },
  { weight: 1, arbitrary: fc.bigInt(0n, 2n ** 256n - 1n) },
);
const bytes: fc.Arbitrary<Hex> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(word, { maxLength: 16 })
      .map((words): Hex => `0x${words.map((one) => one.toString(16).padStart(64, '0')).join('')}`),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 70 }).map((raw): Hex => `0x${Buffer.from(raw).toString('hex')}`),
  },
);
const answer: fc.Arbitrary<RawResult> = fc.oneof(
  { weight: 8, arbitrary: bytes.map((data): RawResult => ({ kind: 'returned', data })) },
  { weight: 1, arbitrary: bytes.map((data): RawResult => ({ kind: 'reverted', data })) },
  { weight: 1, arbitrary: fc.constant<RawResult>({ kind: 'absent' }) },
);

describe.each([
  ['Lido', readLidoRequests],
  ['Renzo', readRenzoRequests],
  ['Kelp', readKelpRequests],
])('whatever a node answers for %s', (_name, read) => {
  it('the reader ends in four rounds, without a crash, and takes nothing for a request of zero', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 40 }), async (answers) => {
        const context: ReadContext = {
          network,
          block: { number: 1_000n, hash: '0x01', time: 1_800_000_000 },
          notices: createNoticeLog(),
        };
        let next = 0;
        let rounds = 0;
        const run: RunRound = async (calls, round) => {
          rounds = round;
          return calls.map((call) => settle(call, answers[next++ % answers.length] ?? { kind: 'absent' }));
        };
        const list = await runReader(read(context, owner), run);
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
