import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../shared/contract/errors.ts';
import { makeAddress, makeObservation } from '../testing/made-up.ts';
import { createTestServices } from '../testing/test-services.ts';
import { REST_MS } from './failover.ts';

const [FIRST, SECOND, THIRD] = ['http://one.test/v2/KEY', 'http://two.test/', 'http://three.test/'] as const;

/** A portfolio with three nodes, of which those in `broken` fail with that code. */
async function setUp() {
  const test = createTestServices();
  const { services, chain } = test;
  services.settings.update({ rpcUrls: { ethereum: [FIRST, SECOND, THIRD] } });
  const { id } = services.portfolios.create('Mine', 'ethereum');
  await services.accounts.add(id, makeAddress(1), 'One');
  const broken = new Map<string, ErrorCode>();
  const asked: string[] = [];
  chain.observe = async ({ rpcUrl, addresses }) => {
    asked.push(rpcUrl);
    const code = broken.get(rpcUrl);
    if (code !== undefined) throw new AppError(code, `${new URL(rpcUrl).host} is out of order.`);
    return makeObservation(addresses);
  };
  const refresh = async () => {
    asked.length = 0;
    return services.jobs.finished(services.observe.refresh(id).id);
  };
  const changes = () =>
    services.readings
      .view(id)
      .notices.filter(({ code }) => code === 'node-changed')
      .map(({ contract }) => contract);
  return { ...test, id, broken, asked, refresh, changes };
}

describe('how nodes served', () => {
  it('is told of each, and a failure with what was wrong and until when it rests', async () => {
    const { services, refresh, broken, clock, events } = await setUp();
    const health = () => services.nodes.describeHealth('ethereum');
    expect(health()).toEqual([{ kind: 'unasked' }, { kind: 'unasked' }, { kind: 'unasked' }]);
    broken.set(FIRST, 'node-timeout');
    await refresh();
    const at = clock.now();
    const failed = { kind: 'failed', at, message: 'one.test is out of order.', restsUntil: at + REST_MS };
    expect(health()).toEqual([failed, { kind: 'served', at }, { kind: 'unasked' }]);
    expect(
      events.some((event) => event.kind === 'changed' && event.methods.includes('settings.health')),
    ).toBe(true);
    // It goes with the address, whatever its place.
    services.settings.update({ rpcUrls: { ethereum: [SECOND, FIRST] } });
    expect(health()).toEqual([{ kind: 'served', at }, failed]);
    expect(JSON.stringify(health())).not.toContain('KEY');
  });
});

describe('several nodes of a network', () => {
  it('are asked in their order, and only the first where it answers', async () => {
    const { refresh, asked, changes } = await setUp();
    expect((await refresh()).state).toBe('done');
    expect(asked).toEqual([FIRST]);
    expect(changes()).toEqual([]);
  });

  it.each<ErrorCode>(['node-unreachable', 'node-timeout', 'node-rate-limited', 'node-behind'])(
    'step in for one that fails with %s, and the reading says so without its key',
    async (code) => {
      const { refresh, broken, asked, changes, services, id } = await setUp();
      broken.set(FIRST, code);
      expect((await refresh()).state).toBe('done');
      expect(asked).toEqual([FIRST, SECOND]);
      expect(changes()).toEqual(['one.test']);
      expect(JSON.stringify(services.readings.view(id).notices)).not.toContain('KEY');
    },
  );

  it('let one that failed rest a while, say so, and then come back to it', async () => {
    const { refresh, broken, asked, changes, clock } = await setUp();
    broken.set(FIRST, 'node-timeout');
    await refresh();
    broken.clear();
    await refresh();
    expect(asked).toEqual([SECOND]);
    expect(changes()).toEqual(['one.test']);
    clock.pass(REST_MS);
    await refresh();
    expect(asked).toEqual([FIRST]);
    expect(changes()).toEqual([]);
  });

  it('fail together with the error of the first, and what each of them said', async () => {
    const { refresh, broken, services, id } = await setUp();
    await refresh();
    for (const url of [FIRST, SECOND, THIRD]) broken.set(url, 'node-unreachable');
    const job = await refresh();
    expect(job.error).toMatchObject({ code: 'node-unreachable', message: 'one.test is out of order.' });
    expect(job.error?.detail).toContain('three.test');
    // What was read before stays, marked.
    expect(services.readings.view(id)).toMatchObject({ freshness: { kind: 'read', error: job.error } });
  });

  it('are not asked about what is no fault of a node', async () => {
    const { refresh, broken, asked } = await setUp();
    broken.set(FIRST, 'bad-network-file');
    expect((await refresh()).error?.code).toBe('bad-network-file');
    expect(asked).toEqual([FIRST]);
  });
});
