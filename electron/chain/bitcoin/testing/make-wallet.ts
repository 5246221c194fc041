/** A wallet of the words everybody knows, and transactions of it that nobody signed: the regtest node believes them. */
import { Transaction } from 'bitcoinjs-lib';
import { readBitcoinAccount } from '../account-text.ts';
import { deriveBranch, splitBranches } from '../derive.ts';

export const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';

export const { descriptors: ZPUB_DESCRIPTORS } = readBitcoinAccount(ZPUB, 'regtest');

export interface OwnScript {
  readonly script: Uint8Array;
  /** X-only. */
  readonly key: Uint8Array;
}

/** Branch 0 receives, branch 1 is for change. */
export function ownScript(index: number, branch: 0 | 1 = 0): OwnScript {
  const text = ZPUB_DESCRIPTORS.flatMap(splitBranches)[branch] ?? '';
  const [derived] = deriveBranch(text, 'regtest', { from: index, count: 1 });
  if (derived === undefined) throw new Error('nothing was derived');
  return { script: derived.script, key: derived.keys[0] ?? new Uint8Array(32) };
}

export interface MadeInput {
  readonly txid: string;
  readonly index: number;
  readonly witness: readonly Uint8Array[];
  /** For relative timelocks (BIP 68). */
  readonly sequence?: number;
}

/** A signature that is none, and the key that would have made it. */
export function keyWitness(key: Uint8Array): Uint8Array[] {
  return [new Uint8Array(71), Buffer.concat([Uint8Array.of(2), key])];
}

export function makeRaw(
  inputs: readonly MadeInput[],
  outputs: readonly { readonly script: Uint8Array; readonly value: bigint }[],
): string {
  const transaction = new Transaction();
  transaction.version = 2;
  inputs.forEach(({ txid, index, witness, sequence = 0xffff_fffd }, place) => {
    transaction.addInput(Buffer.from(txid, 'hex').reverse(), index, sequence);
    transaction.setWitness(place, [...witness]);
  });
  for (const { script, value } of outputs) transaction.addOutput(script, value);
  return transaction.toHex();
}

export function idOf(raw: string): string {
  return Transaction.fromHex(raw).getId();
}
