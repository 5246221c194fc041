/** Raw Bitcoin transactions, as far as their outputs and what spends them are concerned. */
import { Transaction } from 'bitcoinjs-lib';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Sat } from '../../../shared/domain/units.ts';

export interface BitcoinOutput {
  readonly script: Uint8Array;
  readonly value: Sat;
}

export interface BitcoinInput {
  /** The output it spends; its hash as people write it. */
  readonly txid: string;
  readonly index: number;
  readonly witness: readonly Uint8Array[];
}

export interface BitcoinTransaction {
  readonly txid: string;
  /** A block height below 500,000,000: it is in no block up to this one. Otherwise a Unix second; 0 means none. */
  readonly lockTime: number;
  readonly inputs: readonly BitcoinInput[];
  readonly outputs: readonly BitcoinOutput[];
}

/** More than a block can hold, in hex digits. */
const MOST_DIGITS = 8_000_000;

/**
 * Reads a transaction of its hex digits; white space between them is no matter.
 * @throws AppError bad-transaction
 */
export function readTransaction(text: string): BitcoinTransaction {
  const hex = text.replace(/\s+/gu, '');
  if (hex === '') throw badTransaction('there are no digits in it');
  if (!/^[0-9a-f]+$/iu.test(hex)) throw badTransaction('something in it is no hex digit');
  if (hex.length % 2 !== 0) throw badTransaction('it has an odd number of hex digits: one is missing');
  if (hex.length > MOST_DIGITS) throw badTransaction('it is larger than a block can hold');
  if (hex.length === 64) {
    throw badTransaction(
      'these are 32 bytes, as in the id of a transaction',
      'The id says where it is, not what is in it.',
    );
  }
  try {
    return describe(Transaction.fromHex(hex));
  } catch (cause) {
    throw badTransaction(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Of bytes that a server sent. @throws Error where they are no transaction */
export function parseTransaction(raw: Uint8Array): BitcoinTransaction {
  return describe(Transaction.fromBuffer(raw));
}

function describe(parsed: Transaction): BitcoinTransaction {
  return {
    txid: parsed.getId(),
    lockTime: parsed.locktime,
    inputs: parsed.ins.map(({ hash, index, witness }) => ({
      // The bytes stand in the other order than people write them.
      txid: Buffer.from(hash).reverse().toString('hex'),
      index,
      witness,
    })),
    // as: a library's amounts carry no brand.
    outputs: parsed.outs.map(({ script, value }) => ({ script, value: value as Sat })),
  };
}

function badTransaction(detail: string, what = ''): AppError {
  return new AppError('bad-transaction', 'This is not a Bitcoin transaction.', {
    detail,
    help: `${what} Enter the whole raw transaction as hex digits, as getrawtransaction or a block explorer gives it.`.trim(),
  });
}
