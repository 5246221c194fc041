/** Answers of a node that mean nothing, for readers that must survive them. */
import fc from 'fast-check';
import type { Hex } from 'viem';
import { toEvmAddress } from '../../../../shared/domain/address.ts';
import { CONTRACT_NAMES } from '../../../../shared/domain/network.ts';
import { parseNetworkFile } from '../../networks.ts';
import { createNoticeLog, type ReadContext } from '../context.ts';
import { runReader, type Reader } from '../rounds.ts';
import { settle, type RawResult } from '../view.ts';

export const owner = toEvmAddress(`0x${'0'.repeat(35)}a11ce`);
const addressOf = (number: number): string => `0x${number.toString(16).padStart(40, '0')}`;
const contracts = Object.fromEntries(CONTRACT_NAMES.map((name, index) => [name, addressOf(0xc0 + index)]));
const symbioticVaults = [addressOf(0x5b1), addressOf(0x5b2)];
const network = parseNetworkFile(
  JSON.stringify({ schema: 'ballast-network/1', name: 'Fuzz', chainId: 1, contracts, symbioticVaults }),
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

export const arbitraryAnswer: fc.Arbitrary<RawResult> = fc.oneof(
  { weight: 8, arbitrary: bytes.map((data): RawResult => ({ kind: 'returned', data })) },
  { weight: 1, arbitrary: bytes.map((data): RawResult => ({ kind: 'reverted', data })) },
  { weight: 1, arbitrary: fc.constant<RawResult>({ kind: 'absent' }) },
);

/** Runs a reader on these answers, over and over, on a network that names every contract. */
export async function readAnswers<T>(
  read: (context: ReadContext) => Reader<T>,
  answers: readonly RawResult[],
): Promise<{ readonly value: T; readonly rounds: number }> {
  const context: ReadContext = {
    network,
    block: { number: 1_000n, hash: '0x01', time: 1_800_000_000 },
    notices: createNoticeLog(),
    trails: [],
    trailGaps: new Map(),
  };
  let next = 0;
  let rounds = 0;
  const value = await runReader(read(context), async (calls, round) => {
    rounds = round;
    return calls.map((call) => settle(call, answers[next++ % answers.length] ?? { kind: 'absent' }));
  });
  return { value, rounds };
}
