import { encodeAbiParameters, parseAbiParameters } from 'viem';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observationSchema } from '../../../shared/domain/observation.ts';
import { sumOf, WAD } from '../../../shared/domain/units.ts';
import { readKarak } from './karak.ts';
import { readSymbiotic } from './symbiotic.ts';
import { arbitraryAnswer, owner, readAnswers } from './testing/arbitrary-answer.ts';
import type { RawResult } from './view.ts';

const address = fc.constantFrom(owner, `0x${'7'.repeat(40)}` as const, `0x${'8'.repeat(40)}` as const);
const number = fc.oneof(fc.constantFrom(0n, 1n, 1_799_999_999n, 2n ** 256n - 1n), fc.bigInt(0n, 2n ** 80n));
const numbers = fc.array(number, { maxLength: 3 });
const addresses = fc.array(address, { maxLength: 3 });

/** Well formed, so that the readers go on; the lists need not belong together. */
const deposits = fc.tuple(addresses, addresses, numbers, numbers).map((lists): RawResult => ({
  kind: 'returned',
  data: encodeAbiParameters(parseAbiParameters('address[], address[], uint256[], uint256[]'), lists),
}));
const withdrawals = fc
  .array(
    fc.record({
      staker: address,
      delegatedTo: address,
      nonce: number,
      start: number,
      request: fc.record({ vaults: addresses, shares: numbers, withdrawer: address }),
    }),
    { maxLength: 3 },
  )
  .map((list): RawResult => ({
    kind: 'returned',
    data: encodeAbiParameters(
      parseAbiParameters([
        'Withdrawal[]',
        'struct Withdrawal { address staker; address delegatedTo; uint256 nonce; uint256 start; Request request; }',
        'struct Request { address[] vaults; uint256[] shares; address withdrawer; }',
      ]),
      [list],
    ),
  }));
const later = fc.array(arbitraryAnswer, { minLength: 1, maxLength: 20 });

describe('whatever a node answers for Karak', () => {
  it('the reader ends in three rounds, and an entry that was not read is none of zero', async () => {
    const first = fc.tuple(
      fc.oneof(deposits, arbitraryAnswer),
      fc.oneof(withdrawals, arbitraryAnswer),
      arbitraryAnswer,
    );
    await fc.assert(
      fc.asyncProperty(first, later, async (lists, rest) => {
        const { value, rounds } = await readAnswers(
          (context) => readKarak(context, [owner]),
          [...lists, ...rest],
        );
        expect(rounds).toBeLessThanOrEqual(3);
        const [account] = value.accounts;
        const known = new Set(value.vaults.map((vault) => vault.address));
        for (const { vault, amount } of [...(account?.stakes ?? []), ...(account?.queued ?? [])]) {
          expect(known.has(vault)).toBe(true);
          expect(amount.ok ? amount.value >= 0n : amount.detail !== '').toBe(true);
        }
        if (account?.stakesRead.ok === false) expect(account.stakes).toEqual([]);
        if (account?.queuedRead.ok === false) expect(account.queued).toEqual([]);
        for (const { decimals = 0 } of value.vaults) expect(decimals).toBeLessThanOrEqual(36);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** One word: a version, an epoch, a date, an address, an amount. */
const word = fc
  .oneof(
    fc.constantFrom(0n, 1n, 2n, 3n, 4n, 17n, 604_800n, 1_799_999_999n, BigInt(owner)),
    fc.bigInt(0n, 2n ** 256n - 1n),
  )
  .map((value): RawResult => ({
    kind: 'returned',
    data: `0x${value.toString(16).padStart(64, '0')}`,
  }));

describe('whatever a node answers for Symbiotic', () => {
  it('the reader ends in four rounds, and what stands behind a vault is one whole', async () => {
    const answers = fc.array(
      fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: arbitraryAnswer }),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(answers, async (list) => {
        const { value, rounds } = await readAnswers((context) => readSymbiotic(context, [owner]), list);
        expect(rounds).toBeLessThanOrEqual(4);
        for (const { restaked, unrestakedShare, hiddenShare } of value.backings) {
          const shares = [...restaked.map(({ share }) => share), unrestakedShare, hiddenShare];
          expect(shares.every((share) => share >= 0n)).toBe(true);
          expect(sumOf(shares)).toBe(WAD);
          seen += restaked.length;
        }
        const [account] = value.accounts;
        for (const { amount } of [...(account?.stakes ?? []), ...(account?.queued ?? [])]) {
          expect(amount.ok ? amount.value > 0n : amount.detail !== '').toBe(true);
        }
        const { accounts: schema } = observationSchema.shape;
        if (account) schema.element.shape.vaults.parse([account]);
        observationSchema.shape.operators.parse(value.operators);
        observationSchema.shape.services.parse(value.services);
      }),
      { numRuns: 4_000 },
    );
    expect(seen).toBeGreaterThan(0);
  });
});
