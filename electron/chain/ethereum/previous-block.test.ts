import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { createEthereumClient, readLatestBlock } from './client.ts';
import { compareWithPrevious } from './previous-block.ts';

let anvil: Anvil;
beforeAll(async () => {
  anvil = await startAnvil();
});
afterAll(() => anvil.stop());

const connect = () =>
  createEthereumClient({ rpcUrl: anvil.url, signal: new AbortController().signal, now: () => 0 });

it('says nothing where the chain goes on from the last reading', async () => {
  const client = connect();
  const previous = await readLatestBlock(client);
  expect(await compareWithPrevious(client, previous, previous)).toEqual([]);
  await anvil.client.mine({ blocks: 2 });
  expect(await compareWithPrevious(client, await readLatestBlock(client), previous)).toEqual([]);
  expect(await compareWithPrevious(client, previous, null)).toEqual([]);
});

it('says that the chain replaced the block of the last reading, on a chain as long or shorter', async () => {
  const client = connect();
  const newest = await readLatestBlock(client);
  const other = { ...newest, hash: `0x${'ab'.repeat(32)}` };
  expect(await compareWithPrevious(client, newest, other)).toMatchObject([{ code: 'block-replaced' }]);
  const longer = { ...other, number: newest.number + 5n };
  expect(await compareWithPrevious(client, newest, longer)).toMatchObject([{ code: 'block-replaced' }]);
});

it('refuses a node whose newest block is before the last reading', async () => {
  const client = connect();
  const newest = await readLatestBlock(client);
  const ahead = { ...newest, number: newest.number + 5n, time: newest.time + 60 };
  await expect(compareWithPrevious(client, newest, ahead)).rejects.toMatchObject({
    code: 'node-behind',
    retryable: true,
  });
});
