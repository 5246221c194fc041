/** One account with one of everything that is read on Ethereum: on the screen, as JSON and on paper. */
import { COLLECTOR, EVERYTHING, giveEverything } from './support/everything.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './support/fixtures.ts';
import { watchHolder } from './support/holder.ts';
import { runCli } from './support/program.ts';
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

test('says the same on the command line, each with its four values and where they are from', async ({
  chain,
}) => {
  await giveEverything(chain);
  const folder = mkdtempSync(join(tmpdir(), 'ballast-everything-'));
  try {
    const network = join(folder, 'network.json');
    writeFileSync(network, JSON.stringify(chain.networkFile));
    const args = ['positions', '--address', COLLECTOR, '--rpc', chain.url, '--network', network, '--json'];
    const { positions, notices } = JSON.parse(await runCli(args)) as Printed;
    expect(positions.map(({ instrument, state }) => `${instrument.symbol}, ${state}`).sort()).toEqual(
      EVERYTHING.flatMap(([token, state, count = 1]) =>
        Array<string>(count).fill(`${token}, ${state}`),
      ).sort(),
    );
    for (const { instrument, amount, bookEth, values } of positions) {
      for (const figure of [amount, bookEth, ...Object.values(values)]) {
        const isTold = figure.value !== null || figure.reason !== undefined;
        expect(isTold && figure.basis !== undefined, instrument.symbol).toBe(true);
      }
    }
    const redeemable = (token: string, state: string) =>
      positions.find((one) => one.instrument.symbol === token && one.state === state)?.values['redeemableEth']
        ?.value;
    // Of its shares, rounded down as the contract rounds them.
    expect(redeemable('ETH from ether.fi', 'claimable')).toBe('1999999999999999999');
    expect(redeemable('ETH from ether.fi', 'requested')).toBe('0');
    expect(BigInt(redeemable('pufETH', 'held') ?? 0)).toBeGreaterThan(10n * 10n ** 18n);
    // Told once each: the issuers whose requests neither views nor events find.
    expect(new Set(notices.map(({ code }) => code))).toEqual(new Set(['not-readable']));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

interface PrintedFigure {
  readonly value: string | null;
  readonly reason?: { readonly code: string };
  readonly basis?: { readonly kind: string };
}

interface Printed {
  readonly positions: readonly {
    readonly instrument: { readonly symbol: string };
    readonly state: string;
    readonly amount: PrintedFigure;
    readonly bookEth: PrintedFigure;
    readonly values: Readonly<Record<string, PrintedFigure>>;
  }[];
  readonly notices: readonly { readonly code: string }[];
}
