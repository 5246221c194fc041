import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAnvilBinary, startAnvil } from './anvil.ts';

test('starts on its own port with the chain id, block number and time asked for, and stops', async () => {
  const [first, second] = await Promise.all([
    startAnvil({ chainId: 1, timestamp: 1_800_000_000, blockNumber: 20_000_000, accounts: 2 }),
    startAnvil({ chainId: 31_337 }),
  ]);
  expect(first.url).not.toBe(second.url);
  expect(await first.client.getChainId()).toBe(1);
  expect(await second.client.getChainId()).toBe(31_337);
  expect(await first.client.getBlock()).toMatchObject({ number: 20_000_000n, timestamp: 1_800_000_000n });
  expect(await first.client.getAddresses()).toHaveLength(2);

  await Promise.all([first.stop(), second.stop()]);
  expect(() => process.kill(first.pid, 0)).toThrow('ESRCH');
  expect(() => process.kill(second.pid, 0)).toThrow('ESRCH');
});

test('says what to install when there is no anvil', () => {
  const empty = mkdtempSync(join(tmpdir(), 'no-anvil-'));
  expect(() => findAnvilBinary({ PATH: empty }, empty)).toThrow(
    "No anvil was found: install Foundry's anvil or set ANVIL_BIN.",
  );
});

test('says so when ANVIL_BIN is wrong, instead of taking another anvil', () => {
  const missing = join(tmpdir(), 'there-is-no-such-anvil');
  expect(() => findAnvilBinary({ ANVIL_BIN: missing })).toThrow(
    `ANVIL_BIN is ${missing}, which cannot be run: install Foundry's anvil or set ANVIL_BIN.`,
  );
});

test('a port in use is reported with what anvil said', async () => {
  const first = await startAnvil();
  const port = Number(new URL(first.url).port);
  await expect(startAnvil({ port })).rejects.toThrow(/anvil did not start: it ended[^]*in use/i);
  await first.stop();
});
