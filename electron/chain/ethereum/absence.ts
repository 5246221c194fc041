/**
 * Tells a contract that is not there from one that answers with nothing: a call to an address without code "succeeds"
 * with no bytes. Only addresses that answered so are looked at, once each.
 */
import { numberToHex } from 'viem';
import { AppError } from '../../../shared/contract/errors.ts';
import type { EthereumClient } from './client.ts';
import type { Call, RawResult } from './view.ts';

/** eth_getCode requests under way at a time. */
const AT_A_TIME = 8;

type FindAbsent = (calls: readonly Call[], results: readonly RawResult[]) => Promise<readonly RawResult[]>;

/** Makes a function that turns empty answers from addresses without code at `block` into `absent`. */
export function createAbsenceCheck(client: EthereumClient, block: bigint): FindAbsent {
  const isAbsent = new Map<string, boolean>();

  async function look(address: string): Promise<void> {
    try {
      isAbsent.set(address, (await client.request('eth_getCode', [address, numberToHex(block)])) === '0x');
    } catch (error) {
      // A node that does not offer the method leaves the question open: then the answer is only an empty one.
      if (!(error instanceof AppError) || error.code !== 'node-refused') throw error;
      isAbsent.set(address, false);
    }
  }

  return async (calls, results) => {
    const isEmpty = (index: number): boolean => {
      const result = results[index];
      return result?.kind === 'returned' && result.data === '0x';
    };
    const empty = calls.filter((_call, index) => isEmpty(index)).map(({ address }) => address);
    const unseen = [...new Set(empty)].filter((address) => !isAbsent.has(address));
    for (let from = 0; from < unseen.length; from += AT_A_TIME) {
      await Promise.all(unseen.slice(from, from + AT_A_TIME).map(look));
    }
    return results.map((result, index) =>
      isEmpty(index) && isAbsent.get(calls[index]?.address ?? '') === true ? { kind: 'absent' } : result,
    );
  };
}
