import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sat } from '../../../shared/domain/units.ts';
import { foldWallet, type PlacedTransaction } from './fold-wallet.ts';

/** Scripts 0 to 2 are the wallet's. */
const OWN = new Set(['00', '01', '02']);

interface Step {
  readonly spends: readonly number[];
  readonly pays: readonly (readonly [script: number, value: number])[];
  readonly isIncluded: boolean;
}

/** Transactions over a shared set of outputs, each spent at most once; inputs name outputs that exist by then. */
function build(steps: readonly Step[]): PlacedTransaction[] {
  const free: { txid: string; index: number }[] = [];
  return steps.map(({ spends, pays, isIncluded }, number) => {
    const txid = `t${number}`;
    const inputs = spends.flatMap((pick) => {
      const [taken] = free.length === 0 ? [] : free.splice(pick % free.length, 1);
      return taken ? [{ ...taken, witness: [] }] : [];
    });
    const outputs = pays.map(([script, value]) => ({
      script: Uint8Array.of(script),
      value: BigInt(value) as Sat,
    }));
    free.push(...outputs.map((_, index) => ({ txid, index })));
    return { transaction: { txid, lockTime: 0, inputs, outputs }, height: isIncluded ? number + 1 : 0 };
  });
}

/** What a wallet holds, told one transaction after the other as a ledger would. */
function bruteForce(transactions: readonly PlacedTransaction[]): { confirmed: bigint; unconfirmed: bigint } {
  const coins = new Map<string, { value: bigint; height: number }>();
  for (const { transaction, height } of transactions) {
    for (const { txid, index } of transaction.inputs) coins.delete(`${txid}:${index}`);
    transaction.outputs.forEach(({ script, value }, index) => {
      if ((script[0] ?? 9) < 3) coins.set(`${transaction.txid}:${index}`, { value, height });
    });
  }
  const sum = (isIn: boolean) =>
    [...coins.values()].reduce((all, { value, height }) => (height > 0 === isIn ? all + value : all), 0n);
  return { confirmed: sum(true), unconfirmed: sum(false) };
}

const steps = fc.array(
  fc.record({
    spends: fc.array(fc.nat(50), { maxLength: 3 }),
    pays: fc.array(fc.tuple(fc.nat(4), fc.nat(1000)), { minLength: 1, maxLength: 3 }),
    isIncluded: fc.boolean(),
  }),
  { maxLength: 25 },
);

describe('what a wallet holds', () => {
  it('is what a ledger kept transaction by transaction says, in whatever order they are given', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.nat(), { minLength: 25, maxLength: 25 }), (made, order) => {
        // A transaction in a block cannot spend one that is in none.
        const lastIncluded = made.findLastIndex(({ isIncluded }) => isIncluded);
        const transactions = build(
          made.map((step, index) => ({ ...step, isIncluded: step.isIncluded || index < lastIncluded })),
        );
        const shuffled = transactions
          .map((one, index) => ({ one, key: order[index] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const { confirmed, unconfirmed } = foldWallet(OWN, shuffled);
        expect({ confirmed, unconfirmed }).toEqual(bruteForce(transactions));
      }),
    );
  });

  it('goes back to where it was, once, when a block is replaced', () => {
    fc.assert(
      fc.property(steps, fc.nat(25), (made, cut) => {
        const all = build(made.map((step) => ({ ...step, isIncluded: true })));
        // What a later transaction spent is unspent again where that transaction vanished.
        const left = all.slice(0, cut);
        expect(foldWallet(OWN, left).confirmed).toBe(bruteForce(left).confirmed);
      }),
    );
  });

  it('counts the spend that a block holds, and nothing of the one it replaced', () => {
    const output = (script: number, value: number) => ({
      script: Uint8Array.of(script),
      value: BigInt(value) as Sat,
    });
    const place = (txid: string, from: string, to: number, height: number): PlacedTransaction => ({
      transaction: {
        txid,
        lockTime: 0,
        inputs: [{ txid: from, index: 0, witness: [] }],
        outputs: [output(to, 90)],
      },
      height,
    });
    const first: PlacedTransaction = {
      transaction: { txid: 'a', lockTime: 0, inputs: [], outputs: [output(0, 100)] },
      height: 1,
    };
    const waiting = place('b', 'a', 1, 0);
    const included = place('c', 'a', 9, 2);
    expect(foldWallet(OWN, [first, waiting])).toMatchObject({ confirmed: 0n, unconfirmed: 90n });
    expect(foldWallet(OWN, [first, waiting, included])).toMatchObject({ confirmed: 0n, unconfirmed: 0n });
  });
});
