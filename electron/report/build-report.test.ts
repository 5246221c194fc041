import { watchedText } from '../../shared/domain/account.ts';
import { expect, it } from 'vitest';
import { reportSchema } from '../../shared/domain/report.ts';
import { sourcesOf } from '../../shared/domain/figure.ts';
import { makeReportInput, makeSampleReport } from './testing/sample-report.ts';

it('makes a model the contract accepts', () => {
  expect(() => reportSchema.parse(makeSampleReport())).not.toThrow();
});

it('is the same for the same input, whatever the clock says', () => {
  expect(makeSampleReport()).toEqual(makeSampleReport());
});

it('lists every source of every figure once, with the number of figures that rest on it', () => {
  const report = makeSampleReport();
  const keys = report.sources.map(({ source }) => JSON.stringify(source));
  expect(new Set(keys).size).toBe(keys.length);

  const [position] = report.positions;
  for (const figure of [position!.amount, position!.bookUsd, report.totals.bookUsd]) {
    for (const source of sourcesOf(figure)) expect(keys).toContain(JSON.stringify(source));
  }
  const price = report.sources.find(({ source }) => source.kind === 'sample' && /USD/u.test(source.contract));
  const priced = report.positions.filter(({ bookUsd }) => sourcesOf(bookUsd).length > 0);
  expect(price?.figures).toBe(priced.length);
});

it('names the formulas in use, in one order, and those of a scenario only where there is one', () => {
  const withRun = makeSampleReport();
  const without = makeSampleReport({ run: null });
  expect(withRun.formulas).toEqual([
    'book-eth',
    'book-usd',
    'sum',
    'share',
    'withdrawable-shares',
    'queued-shares',
    'underlying',
    'lost-to-slashing',
    'after-scenario',
    'scenario-loss',
    'market-eth',
    'redeem-all',
    'slash-reach',
    'after-slash',
  ]);
  const ofRun = ['after-scenario', 'scenario-loss'];
  expect(without.formulas).toEqual(withRun.formulas.filter((formula) => !ofRun.includes(formula)));
});

it('names the accounts it holds nothing of, so that no total looks complete', () => {
  const { accounts, notices } = makeReportInput();
  const [account] = accounts;
  const report = makeSampleReport({ unreadAccountIds: [account!.id] });
  expect(report.notices).toEqual([
    ...notices,
    expect.objectContaining({ code: 'partial', contract: account!.label, call: watchedText(account!) }),
  ]);
  expect(makeSampleReport().notices).toEqual(notices);
});

it('claims no formula and no source for an empty portfolio but the sum of nothing', () => {
  const { totals, ...input } = makeReportInput();
  const empty = {
    ...totals,
    bookEth: { ...totals.bookEth, value: 0n, basis: { kind: 'computed', formula: 'sum', inputs: [] } },
    bookUsd: { ...totals.bookUsd, value: 0n, basis: { kind: 'computed', formula: 'sum', inputs: [] } },
  } as const;
  const report = makeSampleReport({ ...input, totals: empty, positions: [], run: null });
  expect(report.formulas).toEqual(['sum']);
  expect(report.sources).toEqual([]);
});
