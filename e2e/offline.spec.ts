/** That nothing leaves the machine but what was allowed: by what the main process connects to, and by what the page asks. */
import { existsSync, readFileSync } from 'node:fs';
import { PAGE_IDS } from './support/desk.ts';
import { expect, test as base } from './support/fixtures.ts';
import { giveHolderPositions, watchHolder } from './support/holder.ts';
import { startProgram } from './support/program.ts';
import { readPdf } from './support/report-files.ts';

/** With every connection the program tries to make, and every name it looks up, written down. */
const test = base.extend<{ readonly connectionsFile: string; readonly readConnections: () => string[] }>({
  connectionsFile: async ({}, use, testInfo) => use(testInfo.outputPath('connections.txt')),
  program: async ({ connectionsFile }, use) => {
    const program = await startProgram({ connectionsFile });
    await use(program);
    await program.dispose();
    expect.soft(program.errorOutput, 'the program complained').toBe('');
  },
  readConnections: async ({ connectionsFile }, use) => {
    const read = (): string[] =>
      existsSync(connectionsFile) ? readFileSync(connectionsFile, 'utf8').trim().split('\n') : [];
    await use(() => [...new Set(read())]);
  },
});

test('works through the sample and prints it without a single connection', async ({
  desk,
  program,
  watch,
  readConnections,
}) => {
  for (const id of PAGE_IDS) await desk.go(id);
  await desk.go('simulate');
  await desk.simulate.startFrom('contract-failure');
  await desk.simulate.run.click();
  await expect(desk.simulate.loss).toBeVisible();
  await desk.go('reports');
  const pdf = await readPdf((await desk.reports.save('pdf')).bytes);
  expect(pdf.text).toContain('Sample portfolio');
  expect(readConnections()).toEqual([]);
  const { host } = new URL(program.origin);
  expect(new Set(watch.requests.map((url) => new URL(url).host))).toEqual(new Set([host]));
});

test('asks the node that was entered, and nobody else', async ({ desk, chain, readConnections }) => {
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  expect(readConnections()).toEqual([]);
  await desk.refresh();
  await expect(desk.positions.table).toBeVisible();
  expect(readConnections()).toEqual([`connects to ${new URL(chain.url).host}`]);
});
