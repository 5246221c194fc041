/** One account with one of everything that is read on Ethereum: on the screen, as JSON and on paper. */
import { COLLECTOR, EVERYTHING, giveEverything } from './support/everything.ts';
import { expect, test } from './support/fixtures.ts';
import { watchHolder } from './support/holder.ts';
import { readModel, readPdf } from './support/report-files.ts';
import { t } from './support/text.ts';
import { expectWholeReport } from './support/whole-report.ts';

test('shows one of everything, each in its state, and says the same in the files', async ({
  desk,
  chain,
}) => {
  const { positions, exposure, reports } = desk;
  await giveEverything(chain);
  await watchHolder(desk, chain, chain.url, COLLECTOR);
  await desk.refresh();
  for (const [token, state, count = 1] of EVERYTHING) {
    await expect.soft(positions.row(token, state), `${token}, ${state}`).toHaveCount(count);
  }
  await positions.row('stETH in EigenLayer', 'queued').click();
  const takes = desk.page.getByRole('row', {
    name: new RegExp(`^${t('positions.detail.reach.sumUntil')}`, 'u'),
  });
  // Of 2.85: 0.45 of 0.95 with the first service until long after it is out, 0.2 with the second.
  await expect(takes).toContainText('1.9500');

  await desk.go('exposure');
  await expect(exposure.changes).toContainText('4.5000');

  await desk.go('reports');
  const model = readModel((await reports.save('json')).bytes);
  const held = model.positions.map(({ instrument, state }) => `${instrument.symbol}, ${state}`);
  const expected = EVERYTHING.flatMap(([token, state, count = 1]) =>
    Array<string>(count).fill(`${token}, ${state}`),
  );
  expect(held.sort()).toEqual(expected.sort());
  expectWholeReport(await readPdf((await reports.save('pdf')).bytes), model);
});
