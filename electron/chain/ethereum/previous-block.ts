/** Whether the chain a node shows still goes on from the block of the last reading. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { Notice } from '../../../shared/domain/observation.ts';
import type { Block } from '../../../shared/domain/source.ts';
import type { EthereumClient } from './client.ts';

/**
 * Asks again for the block of the last reading, one request where it is not the newest itself. Another hash at its
 * number, or a lower number at a later time, is a chain that replaced it: the reading goes on, with a notice.
 * @throws AppError node-behind where the newest block is before the last reading
 */
export async function compareWithPrevious(
  client: EthereumClient,
  newest: Block,
  previous: Block | null,
): Promise<Notice[]> {
  if (previous === null) return [];
  // Along one chain numbers and times grow together, so an earlier time is what tells a late node from another chain.
  if (newest.number < previous.number && newest.time < previous.time) {
    throw new AppError('node-behind', `${client.endpoint} is behind the last reading.`, {
      detail: `its newest block is ${newest.number}; the last reading was of ${previous.number}`,
      help: 'Wait until the node has caught up, or use another one. The figures shown are still those of the last reading.',
      retryable: true,
    });
  }
  const same = newest.number === previous.number ? newest : await client.readBlock(previous.number);
  if (same?.hash === previous.hash) return [];
  // A node that kept no block of that number says nothing about it, unless its whole chain is shorter.
  if (same === null && newest.number >= previous.number) return [];
  return [
    {
      code: 'block-replaced',
      contract: client.endpoint,
      call: `eth_getBlockByNumber(${previous.number})`,
      detail: `the chain replaced block ${previous.number} of the last reading: ${previous.hash}, now ${same?.hash ?? 'no such block'}`,
    },
  ];
}
