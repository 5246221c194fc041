/** The report on paper and as files, read back figure by figure. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/fixtures.ts';
import { giveHolderPositions, HOLDER, LABEL, PORTFOLIO, watchHolder } from './support/holder.ts';
import { readCsv, readModel, readPdf } from './support/report-files.ts';
import { t } from './support/text.ts';
import { expectWholeReport } from './support/whole-report.ts';

test('prints the sample with every figure, and its mark on every page', async ({ desk }) => {
  await desk.go('simulate');
  await desk.simulate.run.click();
  await expect(desk.simulate.loss).toBeVisible();
  await desk.go('reports');
  const pdf = await readPdf((await desk.reports.save('pdf')).bytes);
  const model = readModel(pdf.attachment);
  expect(model.run).not.toBeNull();
  expectWholeReport(pdf, model);
  for (const page of pdf.pages) expect(page).toContain(t('reports.paper.sampleMark'));
});

test('saves what was read as paper, JSON and CSV, which say the same', async ({ desk, chain, program }) => {
  const { simulate, reports } = desk;
  await giveHolderPositions(chain);
  await watchHolder(desk, chain, chain.url);
  await desk.refresh();
  await desk.go('simulate');
  await simulate.startFrom('operator-slash');
  await simulate.setPercent(1, '50');
  await simulate.run.click();
  await expect(simulate.loss).toHaveText('12.5000 ETH');
  await desk.go('reports');
  await expect(reports.preview).toContainText('79.2000 ETH');

  const file = await reports.save('pdf');
  expect(file.name).toMatch(/^ballast-family-office-\d{4}-\d{2}-\d{2}\.pdf$/u);
  const pdf = await readPdf(file.bytes);
  const model = readModel(pdf.attachment);
  expectWholeReport(pdf, model);
  expect(pdf.text).not.toContain(t('reports.paper.sampleMark'));
  const block = await chain.client.getBlockNumber();
  const host = new URL(chain.url).host;
  for (const words of [PORTFOLIO, HOLDER, host, '79.2000 ETH', '237,600.00 USD']) {
    expect(pdf.pages[0]).toContain(words);
  }
  expect(pdf.text).toContain(t('reports.paper.sources.block', { block: block.toString() }));
  expect(pdf.text).toContain('Deposited 60.0000 shares, withdrawable now 45.0000.');
  expect(pdf.text).toContain('is slashed 50% of what it allocated');
  expect(pdf.text).toContain('maximum magnitude 0.75 → 0.625');

  expect(readModel((await reports.save('json')).bytes)).toEqual(model);

  const rows = readCsv((await reports.save('csv')).bytes);
  const shared = { account: LABEL, address: HOLDER, origin: host, block: block.toString() };
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...shared,
        state: 'delegated',
        amount: '45',
        book_usd: '135000',
        loss_eth: '7.5',
      }),
      expect.objectContaining({ ...shared, state: 'queued', amount: '30', book_usd: '90000', loss_eth: '5' }),
      expect.objectContaining({ ...shared, state: 'held', amount: '4', rate_eth: '1.05', loss_eth: '0' }),
    ]),
  );
  expect(rows).toHaveLength(3);

  // The command line, on the same data folder, says the same of what is stored.
  await reports.chooseRun(t('reports.screen.content.none'));
  const withoutRun = readModel((await reports.save('json')).bytes);
  expect(withoutRun.run).toBeNull();
  await desk.page.close();
  await program.stop();
  const saved = join(program.dataDir, 'from-the-command-line.json');
  await program.runCli(['report', '--portfolio', PORTFOLIO, '--json', saved]);
  expect(readModel(readFileSync(saved))).toEqual(withoutRun);
});
