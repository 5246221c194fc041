import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../shared/contract/bridge.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { catalogViewSchema, type CatalogView } from '../../shared/contract/catalog-view.ts';
import { FACT_KEYS } from '../../shared/domain/catalog.ts';
import { createText } from '../../shared/text/text.ts';
import { loadCatalog } from '../catalog/load-catalog.ts';
import { loadIncidents } from '../incidents.ts';
import { createCatalog, NOT_REFRESHED, type Refreshed } from '../services/catalog.ts';
import { runCatalog, type CatalogOptions } from './catalog.ts';
import { createProgram, type CommandHandlers } from './program.ts';
import { createTerminal } from './terminal.ts';

const ASSETS = join(import.meta.dirname, '..', '..', 'assets');
const incidents = loadIncidents(ASSETS);
const catalog = loadCatalog(ASSETS, incidents);
const { t } = createText();

async function run(options: CatalogOptions = {}, refreshed: Partial<Refreshed> = {}): Promise<string> {
  let printed = '';
  const service = createCatalog({
    catalog,
    incidents,
    refreshed: () => ({ ...NOT_REFRESHED, ...refreshed }),
  });
  // The one method that the command calls.
  const client = { call: async () => service.get() } as unknown as Client;
  const stdout = { write: (text: string) => (printed += text) !== '' };
  const stderr = { write: () => true, isTTY: false };
  const terminal = createTerminal({ stdout, stderr }, new AbortController().signal, () => 0, t);
  await runCatalog(client, options, terminal);
  return printed;
}

function rowOf(printed: string, id: string): string {
  return printed.split('\n').find((line) => line.startsWith(`${id} `)) ?? '';
}

describe('ballast catalog', () => {
  it('says version and date, and has a row for each protocol', async () => {
    const printed = await run();
    expect(printed).toContain(`version ${String(catalog.version)} of ${catalog.date}`);
    expect(printed).toContain('Never refreshed');
    for (const { id } of catalog.protocols) expect(rowOf(printed, id), id).not.toBe('');
  });

  it('marks what is not confirmed, and says what it does not know', async () => {
    const printed = await run();
    expect(rowOf(printed, 'kelp')).toMatch(/ 8 – 21 days! /u);
    expect(rowOf(printed, 'pumpbtc')).toMatch(/ 10 days\? /u);
    expect(rowOf(printed, 'lombard')).toMatch(/ 9 days\* /u);
    expect(rowOf(printed, 'eigenlayer')).toMatch(/ 14 days /u);
    expect(rowOf(printed, 'swell')).toMatch(/not known.*no dated figure/u);
    expect(printed).toContain('* from third parties, ! disputed, ? unconfirmed');
  });

  it('prints each fact of one protocol with status, date, source and note', async () => {
    for (const protocol of ['kelp', 'RSETH', 'kelp dao (KernelDAO)']) {
      const printed = await run({ protocol });
      for (const key of FACT_KEYS) expect(printed).toContain(`  ${t(`catalog.fact.${key}`)}: `);
      expect(printed).toMatch(
        /Time to leave: 8 to 21 days\. .*\n {4}disputed · 2025-02-26 · Kelp-DAO\/LRT-rsETH; /u,
      );
      expect(printed).toContain('the documentation says 15 to 21');
      expect(printed).toContain('2026-04-18 A forged message');
      expect(printed).toContain('0xA1290d69c65A6Fe4DF752f95823fae25cB99e5A7  rsETH: confirmed');
      expect(printed).not.toContain('Babylon');
    }
  });

  it('says when a refresh was, and when one failed', async () => {
    const error = new AppError('node-timeout', 'It did not answer.').toValue();
    const printed = await run(
      {},
      { refreshedAt: Date.UTC(2027, 0, 2), failure: { at: Date.UTC(2027, 0, 3), error } },
    );
    expect(printed).toMatch(/Refreshed .*2027/u);
    expect(printed).toMatch(/The refresh of .*2027.* failed: It did not answer\./u);
  });

  it('prints all of it as JSON, or what concerns one protocol', async () => {
    const { schema, ...view } = JSON.parse(await run({ json: true })) as CatalogView & { schema: string };
    expect(schema).toBe('ballast-catalog-view/1');
    expect(catalogViewSchema.parse(view).catalog).toEqual(catalog);
    const one = JSON.parse(await run({ json: true, protocol: 'lido' })) as CatalogView;
    expect(one.catalog.protocols.map(({ id }) => id)).toEqual(['lido']);
    expect(new Set(one.catalog.observations.map(({ protocol }) => protocol))).toEqual(new Set(['lido']));
  });

  it('lists what there is where it has not what was asked for', async () => {
    await expect(run({ protocol: 'eigenETH' })).rejects.toMatchObject({
      code: 'not-found',
      help: expect.stringContaining('eigenlayer, etherfi') as string,
    });
  });

  it('leaves room for commands below it', async () => {
    const asked: string[] = [];
    // Only the one that is called.
    const handlers = { catalog: async () => void asked.push('catalog') } as unknown as CommandHandlers;
    const program = createProgram('1', handlers);
    program.commands
      .find((command) => command.name() === 'catalog')
      ?.command('made-up')
      .action(() => void asked.push('made-up'));
    await program.parseAsync(['catalog'], { from: 'user' });
    await program.parseAsync(['catalog', 'made-up'], { from: 'user' });
    expect(asked).toEqual(['catalog', 'made-up']);
  });
});
