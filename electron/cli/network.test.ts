import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createText } from '../../shared/text/text.ts';
import { createTaskRunners } from '../risk/tasks.ts';
import { loadSolver } from '../risk/worker.ts';
import type { Engine } from '../services/readers.ts';
import { runNetwork, type NetworkOptions } from './network.ts';
import type { Terminal } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'ballast-network-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runners = createTaskRunners({ loadSolver });
const engine: Engine = {
  run: async (task, input) => runners[task](input, {}),
  close: async () => undefined,
};

/** The network of three validators and three services whose worst cascade is known exactly. */
function makeNetwork(profit: string, mode = 'shared'): string {
  const edge = (operator: string, service: string, allocation: string) => ({
    operator,
    service,
    mode,
    allocation,
  });
  return JSON.stringify({
    schema: 'ballast-graph/1',
    unit: 'ETH',
    decimals: 18,
    operators: [
      { id: 'v1', name: 'Alder', stakes: [{ amount: '10' }] },
      { id: 'v2', name: 'Birch', stakes: [{ amount: '10' }] },
      { id: 'v3', name: 'Cedar', stakes: [{ amount: '5' }] },
    ],
    services: [
      { id: 's1', name: 'One', threshold: '1/2', profit },
      { id: 's2', name: 'Two', threshold: '1/2', profit },
      { id: 's3', name: 'Three', threshold: '1/3', profit: '4' },
    ],
    edges: [
      edge('v1', 's1', mode === 'unique' ? '5' : '10'),
      edge('v2', 's1', mode === 'unique' ? '5' : '10'),
      edge('v2', 's2', mode === 'unique' ? '5' : '10'),
      edge('v3', 's2', mode === 'unique' ? '2' : '5'),
      edge('v1', 's3', mode === 'unique' ? '5' : '10'),
      edge('v3', 's3', mode === 'unique' ? '2' : '5'),
    ],
  });
}

async function run(text: string, options: NetworkOptions = {}): Promise<string> {
  const file = join(folder, 'network.json');
  writeFileSync(file, text);
  const printed: string[] = [];
  const terminal: Terminal = {
    signal: new AbortController().signal,
    now: () => 0,
    t: createText().t,
    print: (line) => void printed.push(line),
    warn: () => undefined,
    showProgress: () => undefined,
  };
  await runNetwork(engine, file, options, terminal);
  return printed.join('\n');
}

describe('ballast network', () => {
  it('names an attack that pays, and that none pays more', async () => {
    const answer = await run(makeNetwork('6'));
    expect(answer).toContain('Not secure. Birch together can corrupt s1, s2.');
    expect(answer).toContain('They gain 12, and lose 10: 2 left.');
    expect(answer).toContain('No attack gains more.');
    expect(answer).toContain('Gamma: -3/8');
  });

  it('says what a shock leads to', async () => {
    const answer = await run(makeNetwork('6'), { psi: '1/5' });
    expect(answer).toContain('After a shock of 1/5 (≈ 0.2) of all stake, up to 4/5 (≈ 0.8) of it is lost');
  });

  it('says secure only with the certificate', async () => {
    const answer = await run(makeNetwork('1'), { psi: '0.01' });
    expect(answer).toContain('Secure: no attack pays. Certificate:');
    expect(answer).not.toContain('Not secure');
  });

  it('does not apply the theory where allocations are unique', async () => {
    expect(await run(makeNetwork('6', 'unique'))).toContain('Nothing here conducts an attack');
  });

  it('prints the whole answer as JSON', async () => {
    const answer = JSON.parse(await run(makeNetwork('6'), { json: true })) as {
      schema: string;
      kind: string;
    };
    expect(answer).toMatchObject({ schema: 'ballast-network/1', kind: 'shared' });
  });

  it.each([
    ['not JSON', '{', {}],
    ['“x” is not a share', makeNetwork('6'), { psi: 'x' }],
    ['from 0 to 1', makeNetwork('6'), { psi: '2' }],
    ['--seconds', makeNetwork('6'), { seconds: '-1' }],
  ])('refuses what makes no sense: %s', async (message, text, options) => {
    await expect(run(text, options)).rejects.toThrow(message);
  });

  it('says which file it could not read', async () => {
    await expect(runNetwork(engine, join(folder, 'nowhere.json'), {}, {} as Terminal)).rejects.toThrow(
      'could not be read',
    );
  });
});
