/** Whether somebody else's wallet sees the same: Electrum itself, where it is installed (Debian's package `electrum`). */
import { createBase58check } from '@scure/base';
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { startBcoinRegtest } from '../../../e2e/nodes/bcoin.ts';
import { startElectrumServer } from '../../../e2e/nodes/electrum.ts';
import { readBitcoin } from './read-bitcoin.ts';
import { stopAfterEach, stopLater } from './testing/electrum-harness.ts';
import { ownScript, ZPUB, ZPUB_DESCRIPTORS } from './testing/make-wallet.ts';

const run = promisify(execFile);
const isInstalled = spawnSync('electrum', ['version', '--offline']).status === 0;
const BTC = 100_000_000n;
const VPUB_VERSION = Uint8Array.of(0x04, 0x5f, 0x1c, 0xf6);
const PATIENCE = { timeout: 60_000, interval: 500 };

/** The same key as test networks write it. */
function toVpub(zpub: string): string {
  const base58check = createBase58check((bytes: Uint8Array) =>
    Uint8Array.from(createHash('sha256').update(bytes).digest()),
  );
  const bytes = base58check.decode(zpub);
  bytes.set(VPUB_VERSION);
  return base58check.encode(bytes);
}

/** Electrum's daemon on that server and no other, with one watch-only wallet. */
async function startClient(port: number) {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-electrum-'));
  const ask = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('electrum', ['--regtest', '-D', folder, ...args], { timeout: 60_000 });
    return stdout;
  };
  stopLater(async () => {
    await ask('stop').catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });
  await ask('restore', '--offline', toVpub(ZPUB));
  await ask('daemon', '-d', '--oneserver', '-s', `127.0.0.1:${port}:t`);
  await ask('load_wallet');
  return {
    /** Satoshis. */
    async readBalance(): Promise<{ readonly confirmed: bigint; readonly unconfirmed: bigint }> {
      const answer: unknown = JSON.parse(await ask('getbalance'));
      const read = (name: 'confirmed' | 'unconfirmed'): bigint => {
        const text = (answer as Record<string, string | undefined>)[name] ?? '0';
        return BigInt(Math.round(Number(text) * 1e8));
      };
      return { confirmed: read('confirmed'), unconfirmed: read('unconfirmed') };
    },
  };
}

stopAfterEach();

describe.skipIf(!isInstalled)('the wallet Electrum, on the same server', () => {
  it('comes to the same balance', { timeout: 180_000 }, async () => {
    const node = await startBcoinRegtest();
    stopLater(() => node.stop());
    await node.mine(440);
    const server = await startElectrumServer(node);
    stopLater(() => server.stop());
    const pay = (index: number, branch: 0 | 1, value: bigint, confirm: boolean) =>
      node.pay([{ script: Buffer.from(ownScript(index, branch).script).toString('hex'), value }], {
        confirm,
      });
    await pay(0, 0, BTC, true);
    await pay(7, 0, 3n * BTC, true);
    await pay(2, 1, 12_345_678n, true);
    await pay(9, 0, 2n * BTC, false);
    const { observation } = await readBitcoin(
      {
        network: 'regtest',
        url: server.url,
        proxy: null,
        pinned: null,
        babylon: null,
        headers: [],
        accounts: [{ id: 'a', descriptors: ZPUB_DESCRIPTORS, gapLimit: 20, kept: null }],
      },
      { signal: new AbortController().signal, onCertificate: () => undefined, onProgress: () => undefined },
    );
    const [own] = observation.accounts;
    const client = await startClient(server.port);
    await vi.waitFor(
      async () =>
        expect(await client.readBalance()).toEqual({
          confirmed: own!.confirmed,
          unconfirmed: own!.unconfirmed,
        }),
      PATIENCE,
    );
    expect(own).toMatchObject({ confirmed: 412_345_678n, unconfirmed: 2n * BTC });
  });
});
