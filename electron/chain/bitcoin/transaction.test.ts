import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { AppError } from '../../../shared/contract/errors.ts';
import mainnet from './babylon-mainnet.vectors.json' with { type: 'json' };
import { readTransaction } from './transaction.ts';

function refusalOf(text: string): AppError {
  try {
    readTransaction(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a raw transaction', () => {
  it.each(mainnet.transactions)('has the id $txid', ({ raw, txid, valueSat, outputIndex }) => {
    const read = readTransaction(raw);
    expect(read.txid).toBe(txid);
    expect(read.outputs[outputIndex]?.value).toBe(BigInt(valueSat));
    expect(readTransaction(raw.toUpperCase().replace(/.{64}/gu, '$&\n'))).toEqual(read);
  });

  it.each([
    ['', /no digits/u],
    ['xyz', /no hex digit/u],
    ['020', /odd number/u],
    ['ab'.repeat(32), /id of a transaction/u],
    ['0200', /./u],
  ])('is not %j', (text, detail) => {
    const error = refusalOf(text);
    expect(error.code).toBe('bad-transaction');
    expect(error.detail).toMatch(detail);
    expect(error.help).toMatch(/raw transaction/u);
  });

  it('is refused, not misread, where it is cut off or has something behind it', () => {
    const [{ raw } = { raw: '' }] = mainnet.transactions;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: raw.length / 2 - 1 }), (bytes) => {
        expect(refusalOf(raw.slice(0, 2 * bytes)).code).toBe('bad-transaction');
      }),
      { numRuns: 60 },
    );
    expect(refusalOf(`${raw}00`).code).toBe('bad-transaction');
  });

  it('is never more than an error, whatever is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readTransaction(Buffer.from(bytes).toString('hex'));
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
