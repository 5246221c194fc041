import { UsageError } from './exit-codes.ts';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../shared/contract/bridge.ts';
import { productComparisonSchema } from '../../shared/domain/product-comparison.ts';
import { createText } from '../../shared/text/text.ts';
import { loadCatalog } from '../catalog/load-catalog.ts';
import { loadIncidents } from '../incidents.ts';
import { runCompare, type CompareOptions } from './compare.ts';

import { createTerminal } from './terminal.ts';
import { runBallast } from './testing/run-ballast.ts';

const assets = join(import.meta.dirname, '..', '..', 'assets');
const catalog = loadCatalog(assets, loadIncidents(assets));

/** Why the command refuses, in this process: it asks for the catalogue and nothing else. */
async function refusal(names: readonly string[], options: CompareOptions = {}): Promise<unknown> {
  // as: the one method that is called before anything is started.
  const client = { call: async () => ({ catalog }) } as unknown as Client;
  const silent = { write: () => true, isTTY: false };
  const terminal = createTerminal(
    { stdout: silent, stderr: silent },
    new AbortController().signal,
    () => 0,
    createText().t,
  );
  return runCompare(client, names, options, terminal).then(
    () => null,
    (thrown: unknown) => thrown,
  );
}

const FEW = ['--paths', '5000'] as const;

describe('compare', () => {
  test('sets products side by side, against each other, with what was taken for granted', async () => {
    const { code, stdout, stderr } = await runBallast(['compare', 'stETH', 'rsETH', 'babylon', ...FEW]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/within 365 days, over 5,000 simulated cases/u);
    // Calm, base and stressed in every cell.
    expect(stdout).toMatch(/^Expected loss( +\S+% \/ \S+% \/ \S+%){3} *$/mu);
    expect(stdout).toMatch(/^ {2}rsETH less stETH +\+\S+% ± \S+%/mu);
    expect(stdout).toMatch(/Lido \(shared\)/u);
    expect(stdout).toMatch(/^Time to exit .*days \(disputed\)/mu);
    expect(stdout).toContain('rsETH: All of it rests on Lido: the part is not published.');
    expect(stdout).not.toContain('{{');
  });

  test('prints everything as JSON, the same for the same seed', async () => {
    const args = [
      'compare',
      'mantle/cmETH',
      'LBTC',
      ...FEW,
      '--days',
      '30',
      '--market',
      '--no-bridges',
      '--json',
    ];
    const [one, other] = await Promise.all([runBallast(args), runBallast(args)]);
    expect(one.stdout).toBe(other.stdout);
    const { schema, ...comparison } = JSON.parse(one.stdout) as Record<string, unknown>;
    expect(schema).toBe('ballast-comparison/1');
    expect(productComparisonSchema.parse(comparison).request).toMatchObject({
      productIds: ['mantle/cmETH', 'lombard/LBTC'],
      horizonDays: 30,
      withMarketLoss: true,
      withBridges: false,
    });
  });

  test('refuses what it cannot compare', async () => {
    expect(await refusal(['stETH'])).toBeInstanceOf(UsageError);
    expect(await refusal(['stETH', 'lido/stETH'])).toBeInstanceOf(UsageError);
    expect(await refusal(['stETH', 'rsETH'], { paths: 'many' })).toBeInstanceOf(UsageError);
    expect(await refusal(['stETH', 'rsETH'], { paths: '10' })).toMatchObject({
      message: '--paths takes a whole number from 1,000 to 2,000,000, not “10”.',
    });
    expect(await refusal(['stETH', 'a'])).toMatchObject({
      code: 'not-found',
      message: 'The catalogue has no product “a”.',
    });
    const several = await runBallast(['compare', 'stETH', 'lido']);
    expect(several.code).toBe(5);
    expect(several.stderr).toContain('lido/stETH, lido/wstETH');
  });
});
