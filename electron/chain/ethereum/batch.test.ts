import { decodeFunctionData, encodeFunctionResult, multicall3Abi, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { createBatcher } from './batch.ts';
import type { EthereumClient } from './client.ts';
import { TooLargeError } from './node-errors.ts';
import { defineView, type Call } from './view.ts';

const multicall3 = toEvmAddress('0xcA11bde05977b3631167028862bE2a173976CA11');
const echo = defineView('function echo(uint256 value) view returns (uint256)');
const numbered = (value: number): Call => echo({ contract: 'Echo', address: multicall3 }, BigInt(value));
const burner = toEvmAddress('0x00000000000000000000000000000000000000fe');
const burning = (value: number): Call => echo({ contract: 'Burner', address: burner }, BigInt(value));

/**
 * A Multicall3 whose contracts give back the argument of each call, on a node that takes what `accepts` says. One
 * contract uses up all gas, so that every later call of the request fails without a reason.
 */
function createNode(accepts: (values: readonly number[]) => boolean) {
  const sent: number[][] = [];
  const unused = (): never => {
    throw new Error('not asked here');
  };
  const client: EthereumClient = {
    endpoint: 'node.example.com',
    request: unused,
    readChainId: unused,
    readBlock: unused,
    readBalance: unused,
    call: async (_to, data, block) => {
      expect(block).toBe(7n);
      // The batcher makes it with the same ABI.
      const { args, functionName } = decodeFunctionData({ abi: multicall3Abi, data: data as Hex });
      if (functionName !== 'aggregate3') throw new Error(functionName);
      const echoes = args[0].map(({ callData }) => `0x${callData.slice(10)}` as const);
      const values = echoes.map(Number);
      const targets = args[0].map(({ target }) => target);
      const burnt = targets.includes(burner) ? targets.indexOf(burner) : Infinity;
      sent.push(values);
      if (!accepts(values)) throw new TooLargeError('node.example.com', 'too large');
      return encodeFunctionResult({
        abi: multicall3Abi,
        functionName: 'aggregate3',
        result: echoes.map((echoed, index) => ({
          success: index < burnt,
          returnData: index < burnt ? echoed : '0x',
        })),
      });
    },
  };
  return { sent, batcher: createBatcher(client, 7n, multicall3) };
}

const range = (count: number): Call[] => Array.from({ length: count }, (_, index) => numbered(index));

describe('a batch', () => {
  it('is split by the number of calls, in their order', async () => {
    const { sent, batcher } = createNode(() => true);
    const results = await batcher.readBatch(range(1200));
    expect(results.map((result) => (result.kind === 'returned' ? Number(result.data) : -1))).toEqual(
      range(1200).map((_, index) => index),
    );
    expect(sent.every(({ length }) => length <= 500)).toBe(true);
    expect(sent.length).toBe(3);
  });

  it('is halved until the node takes it, and stays at what it takes', async () => {
    const { sent, batcher } = createNode(({ length }) => length <= 100);
    const results = await batcher.readBatch(range(600));
    expect(results.every(({ kind }) => kind === 'returned')).toBe(true);
    const refused = sent.filter(({ length }) => length > 100);
    // 446 fit into the bytes; 446, 223, 111 and, tried once more, 110 are refused.
    expect(refused.map(({ length }) => length)).toEqual([446, 223, 111, 110]);
    expect(sent.length).toBe(4 + Math.ceil(600 / 55));
    // What was learnt holds for the next round.
    await batcher.readBatch(range(100));
    expect(sent.filter(({ length }) => length > 100).length).toBe(4);
  });

  it('gives up one call that is too much alone, and none of the others', async () => {
    const { sent, batcher } = createNode((values) => !values.includes(41));
    const results = await batcher.readBatch(range(400));
    expect(results.flatMap(({ kind }, index) => (kind === 'returned' ? [] : [index]))).toEqual([41]);
    expect(results[41]).toEqual({ kind: 'unanswered', detail: 'too large' });
    expect(sent.length).toBeLessThan(40);
  });

  it('is given up where the node refuses every size', async () => {
    const { sent, batcher } = createNode(() => false);
    await expect(batcher.readBatch(range(1000))).rejects.toBeInstanceOf(TooLargeError);
    expect(sent.length).toBeLessThan(100);
  });

  it('asks again what one contract left without gas, apart from that contract', async () => {
    const { sent, batcher } = createNode(() => true);
    const calls = [numbered(0), burning(1), ...range(100).slice(2)];
    const results = await batcher.readBatch(calls);
    expect(results.flatMap(({ kind }, index) => (kind === 'returned' ? [] : [index]))).toEqual([1]);
    // All at once; the burner alone; the other 98 in groups of 32.
    expect(sent.map(({ length }) => length)).toEqual([100, 1, 32, 32, 32, 2]);
  });

  it('asks nothing for no calls', async () => {
    const { sent, batcher } = createNode(() => true);
    expect(await batcher.readBatch([])).toEqual([]);
    expect(sent).toEqual([]);
  });
});
