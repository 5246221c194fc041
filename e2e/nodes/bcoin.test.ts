import { expect, test } from 'vitest';
import { startBcoinRegtest } from './bcoin.ts';

test('a regtest node mines ten blocks and stops', async () => {
  const node = await startBcoinRegtest();
  expect(await node.height()).toBe(0);
  expect(await node.mine(10)).toBe(10);
  expect(await node.height()).toBe(10);
  await node.stop();
  expect(() => process.kill(node.pid, 0)).toThrow('ESRCH');
});
