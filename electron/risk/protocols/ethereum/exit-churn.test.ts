import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeExitChurnLimit,
  countChurnEpochs,
  EPOCH_SECONDS,
  LOOKAHEAD_EPOCHS,
  queueExit,
  type ExitQueueState,
} from './exit-churn.ts';
import type { Fork } from './fork.ts';
import vectors from './exit-churn.vectors.json' with { type: 'json' };
import { computeSweepSlots } from './withdrawal-sweep.ts';

const ETH = 10n ** 9n;
const EMPTY: ExitQueueState = { earliestExitEpoch: 0n, balanceToConsumeGwei: 0n };

describe('golden vectors of the exit queue', () => {
  it('holds four', () => {
    expect(vectors.exit_queue).toHaveLength(4);
  });

  it.each(vectors.exit_queue)('exits $exit_eth of $total_eth ETH', (vector) => {
    const churnGwei = computeExitChurnLimit(BigInt(vector.total_eth) * ETH, 'electra');
    expect(churnGwei).toBe(BigInt(vector.churn_gwei));

    const currentEpoch = 1000n;
    let queue = EMPTY;
    let exitEpoch = 0n;
    let withdrawableEpoch = 0n;
    for (const eth of vector.exit_eth) {
      ({ queue, exitEpoch, withdrawableEpoch } = queueExit(queue, {
        currentEpoch,
        balanceGwei: BigInt(eth) * ETH,
        churnGwei,
      }));
    }
    expect(exitEpoch - currentEpoch).toBe(BigInt(vector.exit_epoch_delta));
    expect(withdrawableEpoch - currentEpoch).toBe(BigInt(vector.withdrawable_epoch_delta));
    expect(queue.balanceToConsumeGwei).toBe(BigInt(vector.left_to_consume));
    const days = (Number(withdrawableEpoch - currentEpoch) * EPOCH_SECONDS) / 86_400;
    expect(days).toBeCloseTo(vector.days_to_withdrawable, 2);
  });
});

describe('the churn limit', () => {
  it.each([
    // T in ETH, Electra, Gloas: the floor, one step above it, the cap and what Gloas makes of it.
    [0n, 128n, 128n],
    [4_194_304n, 128n, 128n],
    [4_227_072n, 128n, 129n],
    [8_454_143n, 128n, 257n],
    [8_454_144n, 129n, 258n],
    [16_777_216n, 256n, 512n],
    [34_000_000n, 256n, 1037n],
  ])('of %d ETH is %d, from Gloas on %d', (total, electra, gloas) => {
    expect(computeExitChurnLimit(total * ETH, 'electra')).toBe(electra * ETH);
    expect(computeExitChurnLimit(total * ETH, 'fulu')).toBe(electra * ETH);
    expect(computeExitChurnLimit(total * ETH, 'gloas')).toBe(gloas * ETH);
  });

  it('is whole ETH, and never slower from Gloas on', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 18n), (total) => {
        const electra = computeExitChurnLimit(total, 'electra');
        const gloas = computeExitChurnLimit(total, 'gloas');
        expect(electra % ETH).toBe(0n);
        expect(gloas % ETH).toBe(0n);
        expect(electra <= gloas).toBe(true);
      }),
    );
  });

  it('refuses a stake below zero, and a fork it does not know', () => {
    expect(() => computeExitChurnLimit(-1n, 'electra')).toThrow('cannot be computed');
    // as: what a file or a message could carry
    expect(() => computeExitChurnLimit(1n, 'toString' as Fork)).toThrow('cannot be computed');
  });
});

describe('the queue', () => {
  const gwei = fc.bigInt(0n, 10n ** 16n);
  const churn = fc.bigInt(1n, 2000n).map((eth) => eth * ETH);

  it('gives each of many exits the epoch of the formula, and lets no epoch out of more than its churn', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(1n, 2048n * ETH), { minLength: 1, maxLength: 40 }),
        churn,
        (balances, churnGwei) => {
          let queue = EMPTY;
          let ahead = 0n;
          for (const balanceGwei of balances) {
            const exit = queueExit(queue, { currentEpoch: 0n, balanceGwei, churnGwei });
            expect(exit.exitEpoch).toBe(LOOKAHEAD_EPOCHS + countChurnEpochs(ahead, balanceGwei, churnGwei));
            ({ queue } = exit);
            ahead += balanceGwei;
            const openedGwei = (exit.exitEpoch - LOOKAHEAD_EPOCHS) * churnGwei;
            expect(openedGwei - queue.balanceToConsumeGwei).toBe(ahead);
          }
        },
      ),
    );
  });

  it('forgets an epoch that has passed', () => {
    const queue = { earliestExitEpoch: 3n, balanceToConsumeGwei: 5n * ETH };
    const exit = queueExit(queue, { currentEpoch: 100n, balanceGwei: 32n * ETH, churnGwei: 256n * ETH });
    expect(exit.exitEpoch).toBe(105n);
    expect(exit.queue.balanceToConsumeGwei).toBe(224n * ETH);
  });

  it('is never faster for more ahead, more of one’s own, or less churn', () => {
    fc.assert(
      fc.property(gwei, gwei, gwei, churn, churn, (ahead, own, more, a, b) => {
        const epochs = countChurnEpochs(ahead, own, a);
        expect(countChurnEpochs(ahead + more, own, a) >= epochs).toBe(true);
        expect(countChurnEpochs(ahead, own + more, a) >= epochs).toBe(true);
        if (b < a) expect(countChurnEpochs(ahead, own, b) >= epochs).toBe(true);
      }),
    );
  });

  it.each([
    { currentEpoch: -1n, balanceGwei: 1n, churnGwei: 1n },
    { currentEpoch: 0n, balanceGwei: -1n, churnGwei: 1n },
    { currentEpoch: 0n, balanceGwei: 1n, churnGwei: 0n },
  ])('refuses %o', (exit) => {
    expect(() => queueExit(EMPTY, exit)).toThrow('below zero');
  });
});

describe('the sweep', () => {
  it.each([
    // Everybody paid: 16 per slot. Few paid: 16,384 looked at per slot.
    [1_000_000, 1_000_000, 62_500],
    [1_000_000, 100, 62],
    [0, 0, 0],
    [1, 1, 1],
  ])('passes %d validators, %d of them paid, in %d slots', (validators, paid, slots) => {
    expect(computeSweepSlots(validators, paid)).toBe(slots);
  });

  it('takes twice as long where half of the places go to requested withdrawals', () => {
    expect(computeSweepSlots(1_000_000, 1_000_000, 8)).toBe(125_000);
  });

  it.each([
    [Number.NaN, 0, 16],
    [10, 11, 16],
    [1.5, 1, 16],
    [10, 10, 0],
    [Infinity, 1, 16],
  ])('refuses %d validators, %d paid, %d per slot', (validators, paid, perSlot) => {
    expect(() => computeSweepSlots(validators, paid, perSlot)).toThrow('counted');
  });
});
