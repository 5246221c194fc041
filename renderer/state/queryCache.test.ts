import { describe, expect, it } from 'vitest';
import type { Client } from '../../shared/contract/bridge.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Portfolio } from '../../shared/domain/account.ts';
import { createQueryCache } from './queryCache.ts';

const portfolio: Portfolio = { id: 'a', name: 'A', kind: 'user', networkId: 'ethereum', createdAt: 0 };

interface Asked {
  readonly method: string;
  readonly input: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: unknown) => void;
}

/** A client whose answers come when the test says. */
function createHeldClient() {
  const asked: Asked[] = [];
  const client: Pick<Client, 'call'> = {
    call(method, input) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      asked.push({ method, input, resolve, reject });
      // The test answers with what the method promises.
      return promise as ReturnType<Client['call']> as never;
    },
  };
  return { client, asked };
}

/** Lets the promises that are already settled run their reactions. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

describe('the query cache', () => {
  it('asks once for the same method and input, however many look and in whatever order the keys stand', async () => {
    const { client, asked } = createHeldClient();
    const cache = createQueryCache(client);
    cache.ensure('reports.model', { portfolioId: 'a', runId: null });
    cache.ensure('reports.model', { runId: null, portfolioId: 'a' });
    cache.ensure('reports.model', { portfolioId: 'b', runId: null });
    expect(asked).toHaveLength(2);
  });

  it('shows the answer, and tells whoever watches', async () => {
    const { client, asked } = createHeldClient();
    const cache = createQueryCache(client);
    let calls = 0;
    cache.watch('portfolios.list', {}, () => calls++);
    cache.ensure('portfolios.list', {});
    expect(cache.read('portfolios.list', {}).isLoading).toBe(true);
    asked[0]!.resolve([portfolio]);
    await settle();
    expect(cache.read('portfolios.list', {})).toMatchObject({
      data: [portfolio],
      error: null,
      isLoading: false,
    });
    expect(calls).toBe(2);
  });

  it('gives the same snapshot until something changes, so that React does not render without end', () => {
    const { client } = createHeldClient();
    const cache = createQueryCache(client);
    expect(cache.read('portfolios.list', {})).toBe(cache.read('portfolios.list', {}));
  });

  it('asks again for what changed and is looked at, with the earlier data still in view', async () => {
    const { client, asked } = createHeldClient();
    const cache = createQueryCache(client);
    cache.watch('portfolios.list', {}, () => undefined);
    cache.ensure('portfolios.list', {});
    asked[0]!.resolve([]);
    await settle();
    cache.handleEvent({ kind: 'changed', methods: ['portfolios.list'], portfolioId: null });
    expect(asked).toHaveLength(2);
    expect(cache.read('portfolios.list', {})).toMatchObject({
      data: [],
      isLoading: false,
      isReloading: true,
    });
    asked[1]!.resolve([portfolio]);
    await settle();
    expect(cache.read('portfolios.list', {}).data).toEqual([portfolio]);
  });

  it('forgets what changed and is not looked at, and asks when somebody looks again', async () => {
    const { client, asked } = createHeldClient();
    const cache = createQueryCache(client);
    const stop = cache.watch('portfolios.list', {}, () => undefined);
    cache.ensure('portfolios.list', {});
    asked[0]!.resolve([portfolio]);
    await settle();
    stop();
    cache.handleEvent({ kind: 'changed', methods: ['portfolios.list'], portfolioId: null });
    expect(asked).toHaveLength(1);
    expect(cache.read('portfolios.list', {}).data).toBeUndefined();
    cache.ensure('portfolios.list', {});
    expect(asked).toHaveLength(2);
  });

  it('leaves other portfolios alone when one changed', () => {
    const { client, asked } = createHeldClient();
    const cache = createQueryCache(client);
    for (const portfolioId of ['a', 'b']) {
      cache.watch('portfolios.view', { portfolioId }, () => undefined);
      cache.ensure('portfolios.view', { portfolioId });
    }
    cache.handleEvent({ kind: 'changed', methods: ['portfolios.view'], portfolioId: 'a' });
    expect(asked.map(({ input }) => input)).toEqual([
      { portfolioId: 'a' },
      { portfolioId: 'b' },
      { portfolioId: 'a' },
    ]);
  });

  it('throws away an answer that was overtaken by a newer asking', async () => {
    const { client, asked } = createHeldClient();
    const cache = createQueryCache(client);
    cache.watch('portfolios.list', {}, () => undefined);
    cache.ensure('portfolios.list', {});
    cache.handleEvent({ kind: 'changed', methods: ['portfolios.list'], portfolioId: null });
    asked[1]!.resolve([portfolio]);
    await settle();
    asked[0]!.resolve([]);
    await settle();
    expect(cache.read('portfolios.list', {}).data).toEqual([portfolio]);
  });

  it('keeps the earlier data beside the error of a later asking', async () => {
    const { client, asked } = createHeldClient();
    const cache = createQueryCache(client);
    cache.ensure('portfolios.list', {});
    asked[0]!.resolve([portfolio]);
    await settle();
    cache.reload('portfolios.list', {});
    const error = new AppError('node-timeout', 'Too long.');
    asked[1]!.reject(error);
    await settle();
    expect(cache.read('portfolios.list', {})).toMatchObject({ data: [portfolio], error, isReloading: false });
  });

  it('takes an answer that was learnt another way, over one still on its way', async () => {
    const { client, asked } = createHeldClient();
    const cache = createQueryCache(client);
    cache.ensure('portfolios.list', {});
    cache.write('portfolios.list', {}, [portfolio]);
    asked[0]!.resolve([]);
    await settle();
    expect(cache.read('portfolios.list', {}).data).toEqual([portfolio]);
  });
});
