import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBcoinRegtest, type BcoinRegtest } from '../../../e2e/nodes/bcoin.ts';
import { startElectrumServer, type ElectrumServer } from '../../../e2e/nodes/electrum.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import { readHeader } from './block-header.ts';
import { hashScript } from './bytes.ts';
import { followServer, type LastRead } from './follow-server.ts';
import { connect, errorOf, stopAfterEach, stopLater } from './testing/electrum-harness.ts';
import { ownScript } from './testing/make-wallet.ts';

const BTC = 100_000_000n;
const SCRIPTS = [ownScript(0), ownScript(1), ownScript(2)].map(({ script }) => script);
const HASHES = SCRIPTS.map(hashScript);

let node: BcoinRegtest;
let electrum: ElectrumServer;

beforeAll(async () => {
  node = await startBcoinRegtest();
  await node.mine(440);
  electrum = await startElectrumServer(node);
});
afterAll(async () => {
  await electrum.stop();
  await node.stop();
});
stopAfterEach();

/** What a reading would see now of the first `count` scripts. */
async function read(count = 2): Promise<LastRead> {
  const server = await connect(electrum);
  const hashes = HASHES.slice(0, count);
  const statuses = await server.getStatuses(hashes);
  const { header } = await server.getTip();
  server.close();
  return {
    tipHash: readHeader(header).hash,
    statuses: new Map(hashes.map((hash, index) => [hash, statuses[index] ?? null])),
  };
}

async function follow(first: LastRead, url = electrum.url) {
  const onChange = vi.fn<() => void>();
  const onEnd = vi.fn<(reason: AppError) => void>();
  const following = await followServer(
    {
      url,
      network: 'regtest',
      proxy: null,
      pinned: null,
      signal: new AbortController().signal,
      onCertificate: () => undefined,
    },
    first,
    { onChange, onEnd },
  );
  stopLater(() => following.close());
  return { following, onChange, onEnd };
}

function pay(index: number, confirm: boolean): Promise<string> {
  const script = Buffer.from(SCRIPTS[index]!).toString('hex');
  return node.pay([{ script, value: BTC }], { confirm });
}

describe('listening to a server', () => {
  it('is quiet while nothing happens, and tells of a payment and of a block', async () => {
    const { following, onChange } = await follow(await read());
    expect(onChange).not.toHaveBeenCalled();
    await pay(0, false);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
    expect(await following.compare(await read())).toBe(true);
    onChange.mockClear();
    await node.mine(1);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
    expect(await following.compare(await read())).toBe(true);
  });

  it('finds out at once what happened since the reading', async () => {
    const first = await read();
    await pay(1, true);
    const { following, onChange } = await follow(first);
    expect(onChange).toHaveBeenCalled();
    // A reading that is as old brings no rest.
    expect(await following.compare(first)).toBe(false);
  });

  it('listens to what a later reading found, and asks for nothing twice', async () => {
    const { following, onChange } = await follow(await read(2));
    electrum.log.length = 0;
    expect(await following.compare(await read(3))).toBe(true);
    const asked = electrum.log.filter(({ method }) => method === 'blockchain.scripthash.subscribe');
    // Three by the reading, one by the connection that stays open.
    expect(asked.map(({ params }) => params[0])).toEqual([...HASHES, HASHES[2]]);
    await pay(2, false);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  });

  it('says when the server hangs up, and nothing once it was closed', async () => {
    const other = await startElectrumServer(node);
    const { onEnd } = await follow(await read(), other.url);
    await other.stop();
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(onEnd.mock.calls[0]?.[0].code).toBe('node-unreachable');

    const closed = await follow(await read());
    closed.following.close();
    await node.mine(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed.onEnd).not.toHaveBeenCalled();
    expect(closed.onChange).not.toHaveBeenCalled();
  });

  it('hangs up on a server that tells what is no block', async () => {
    const first = await read();
    const { onEnd } = await follow(first);
    electrum.misbehave((method, _params, truth) =>
      method === 'blockchain.headers.subscribe' ? { height: 1, hex: 'ff' } : truth,
    );
    await node.mine(1);
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(onEnd.mock.calls[0]?.[0].code).toBe('node-malformed');
    electrum.misbehave(null);
  });

  it('does not begin with a server of another chain', async () => {
    electrum.misbehave((method, _params, truth) =>
      method === 'server.features' ? { genesis_hash: 'ab'.repeat(32) } : truth,
    );
    const error = await errorOf(follow({ tipHash: '', statuses: new Map() }));
    electrum.misbehave(null);
    expect(error.code).toBe('wrong-chain');
  });
});
