import { describe, expect, test } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { createText } from '../../shared/text/text.ts';
import { makeAddress } from '../testing/made-up.ts';
import { createTestServices } from '../testing/test-services.ts';
import { renderPositions } from './positions.ts';
import { createTerminal } from './terminal.ts';

const stream = { write: () => true, isTTY: false };
const streams = { stdout: stream, stderr: stream };
const terminal = createTerminal(streams, new AbortController().signal, () => 0, createText().t);

async function setUp() {
  const test = createTestServices();
  const { services } = test;
  services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
  const { id } = services.portfolios.create('Mine', 'ethereum');
  await services.accounts.add(id, makeAddress(1), 'One');
  const refresh = () => services.jobs.finished(services.observe.refresh(id).id);
  const render = () => renderPositions(services.readings.view(id), terminal);
  return { ...test, id, refresh, render };
}

describe('positions of a kept portfolio', () => {
  test('say that they are not up to date where the last refresh failed', async () => {
    const { chain, refresh, render } = await setUp();
    await refresh();
    expect(render()).not.toContain('Not up to date');
    chain.observe = async () => {
      throw new AppError('node-unreachable', 'node.test cannot be reached.');
    };
    await refresh();
    expect(render()).toContain('Not up to date: the last refresh failed. node.test cannot be reached.');
  });

  test('name the accounts that were added since', async () => {
    const { services, id, refresh, render } = await setUp();
    await refresh();
    await services.accounts.add(id, makeAddress(2), 'Two');
    expect(render()).toContain('1 account was added since this reading.');
  });

  test('claim nothing of what was never read', async () => {
    const { render } = await setUp();
    expect(render()).toContain('Never read');
    expect(render()).not.toContain('Nothing that Ballast reads');
  });
});
