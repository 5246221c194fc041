import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { makeAddress, makeObservation } from '../testing/made-up.ts';
import { makeBitcoinReading } from '../testing/made-up-bitcoin.ts';
import { createTestServices } from '../testing/test-services.ts';
import { GAP_MS, RETRY_MS, SETTLE_MS } from './bitcoin-follow.ts';
import type { BitcoinFollowHooks, BitcoinLastRead } from './readers.ts';

const ADDRESS = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';
const SERVER = 'tcp://server.made-up.test:50001';

/** One open connection, as the program sees it. */
interface Line {
  readonly hooks: BitcoinFollowHooks;
  readonly compared: BitcoinLastRead[];
  /** What the server says of the next reading that is compared with it. */
  isSame: boolean;
  isClosed: boolean;
}

async function setUp() {
  const test = createTestServices();
  const { services, bitcoin } = test;
  const { id } = services.portfolios.create('Mine', 'ethereum');
  services.settings.update({ bitcoinServers: { ethereum: [SERVER] } });
  const account = await services.accounts.add(id, ADDRESS, 'Vault');
  const lines: Line[] = [];
  let fault: AppError | null = null;
  let reads = 0;
  bitcoin.read = async ({ network, accounts }) => {
    reads += 1;
    return makeBitcoinReading(network, accounts);
  };
  bitcoin.follow = async (_server, read, hooks) => {
    if (fault) throw fault;
    const line: Line = { hooks, compared: [read], isSame: true, isClosed: false };
    lines.push(line);
    return {
      async compare(newer) {
        line.compared.push(newer);
        if (!line.isSame) hooks.onChange();
        return line.isSame;
      },
      close: () => void (line.isClosed = true),
    };
  };
  const settle = () =>
    vi.waitFor(() => expect(services.jobs.list().every(({ endedAt }) => endedAt)).toBe(true));
  const refresh = async () => {
    await services.jobs.finished(services.observe.refresh(id).id);
    // The connection is opened once the reading has ended.
    await new Promise((resolve) => setImmediate(resolve));
  };
  const pass = async (ms: number) => {
    test.clock.pass(ms);
    await settle();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    ...test,
    id,
    account,
    lines,
    refresh,
    pass,
    countReads: () => reads,
    fail: (error: AppError | null) => void (fault = error),
    listening: () => services.readings.view(id).listening,
  };
}

describe('listening between readings', () => {
  it('begins with a reading that was asked for, and reads again what the server tells of', async () => {
    const { lines, refresh, pass, countReads, listening, clock } = await setUp();
    expect(listening()).toBeNull();
    await refresh();
    expect(listening()).toMatchObject({ state: 'listening', endpoint: 'server.made-up.test:50001' });
    expect(lines).toHaveLength(1);
    clock.pass(GAP_MS);
    lines[0]!.hooks.onChange();
    lines[0]!.hooks.onChange();
    expect(countReads()).toBe(1);
    await pass(SETTLE_MS);
    expect(countReads()).toBe(2);
    // On the same connection, which the new reading was held against.
    expect(lines).toHaveLength(1);
    expect(lines[0]!.compared).toHaveLength(2);
    await pass(GAP_MS);
    expect(countReads()).toBe(2);
  });

  it('leaves Ethereum as it was read, and what failed there untold as mended', async () => {
    const { services, id, chain, lines, refresh, pass, clock } = await setUp();
    services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
    await services.accounts.add(id, makeAddress(1), 'Ether');
    let observed = 0;
    chain.observe = async ({ addresses }) => {
      observed += 1;
      return makeObservation(addresses);
    };
    await refresh();
    const before = services.readings.view(id);
    clock.pass(GAP_MS);
    lines.at(-1)!.hooks.onChange();
    await pass(SETTLE_MS);
    expect(observed).toBe(1);
    expect(services.readings.view(id).positions).toEqual(before.positions);

    chain.observe = async () => {
      throw new AppError('node-timeout', 'The node is slow.');
    };
    await refresh();
    clock.pass(GAP_MS);
    lines.at(-1)!.hooks.onChange();
    await pass(SETTLE_MS);
    expect(services.readings.view(id).freshness).toMatchObject({ error: { code: 'node-timeout' } });
  });

  it('waits between readings, and ever longer where a server says another thing each time', async () => {
    const { lines, refresh, pass, countReads } = await setUp();
    await refresh();
    lines[0]!.isSame = false;
    lines[0]!.hooks.onChange();
    await pass(GAP_MS - 1);
    expect(countReads()).toBe(1);
    await pass(1);
    expect(countReads()).toBe(2);
    await pass(GAP_MS);
    expect(countReads()).toBe(2);
    await pass(GAP_MS);
    expect(countReads()).toBe(3);
    await pass(3 * GAP_MS);
    expect(countReads()).toBe(3);
    await pass(GAP_MS);
    expect(countReads()).toBe(4);
  });

  it('says when the connection is lost, and tries again after a while', async () => {
    const { lines, refresh, pass, fail, listening, clock } = await setUp();
    await refresh();
    fail(new AppError('node-unreachable', 'Nobody there.'));
    const lostAt = clock.now();
    lines[0]!.hooks.onEnd(new AppError('node-unreachable', 'It hung up.'));
    expect(listening()).toMatchObject({ state: 'lost', error: { message: 'It hung up.' } });
    await pass(RETRY_MS);
    expect(listening()).toMatchObject({
      state: 'lost',
      since: lostAt,
      error: { message: 'Nobody there.' },
    });
    await pass(RETRY_MS);
    expect(lines).toHaveLength(1);
    fail(null);
    await pass(RETRY_MS);
    expect(lines).toHaveLength(2);
    expect(listening()).toMatchObject({ state: 'listening', error: null });
  });

  it.each<[string, (test: Awaited<ReturnType<typeof setUp>>) => void]>([
    ['its server is taken away', ({ services }) => services.settings.update({ bitcoinServers: {} })],
    [
      'servers are reached another way',
      ({ services }) => services.settings.update({ bitcoinProxy: '127.0.0.1:9050' }),
    ],
    ['it is switched off', ({ services }) => services.settings.update({ followBitcoin: false })],
    ['its account goes', ({ services, account }) => services.accounts.remove(account.id)],
    ['its portfolio goes', ({ services, id }) => services.portfolios.remove(id)],
  ])('ends at once where %s', async (_, act) => {
    const test = await setUp();
    await test.refresh();
    act(test);
    expect(test.lines[0]!.isClosed).toBe(true);
    test.lines[0]!.hooks.onChange();
    await test.pass(GAP_MS);
    expect(test.countReads()).toBe(1);
  });

  it('does not begin where it is switched off, nor with a server that tells nothing unasked', async () => {
    const { services, lines, refresh, bitcoin, listening } = await setUp();
    services.settings.update({ followBitcoin: false });
    await refresh();
    expect(lines).toEqual([]);
    services.settings.update({ followBitcoin: true });
    bitcoin.read = async ({ network, accounts }) => {
      const reading = makeBitcoinReading(network, accounts);
      const server = { kind: 'esplora' as const, endpoint: 'server.made-up.test' };
      return { ...reading, observation: { ...reading.observation, server } };
    };
    await refresh();
    expect(lines).toEqual([]);
    expect(listening()).toBeNull();
  });
});
