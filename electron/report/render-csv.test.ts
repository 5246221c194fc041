import { watchedText } from '../../shared/domain/account.ts';
import { expect, it } from 'vitest';
import { ETH_UNIT, unknownFigure } from '../../shared/domain/figure.ts';
import type { ValuedPosition } from '../../shared/domain/position-values.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { Wei } from '../../shared/domain/units.ts';
import { formatExact } from '../../shared/format/numbers.ts';
import { renderReportCsv } from './render-csv.ts';
import { makeSampleReport } from './testing/sample-report.ts';

/** RFC 4180, read back without the code under test. */
function parseCsv(bytes: Uint8Array): Record<string, string>[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const rows: string[][] = [[]];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gu)) {
    const cell = match[1] ?? '';
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (match[2] === '\r\n') rows.push([]);
  }
  const [header, ...lines] = rows.filter((row) => row.length > 1);
  return lines.map((cells) =>
    Object.fromEntries(header!.map((name, index) => [name, cells[index] ?? 'missing'])),
  );
}

function withFirst(change: (position: ValuedPosition) => ValuedPosition): Report {
  const report = makeSampleReport();
  return { ...report, positions: report.positions.map((item, index) => (index === 0 ? change(item) : item)) };
}

it('writes a row per position with every digit of every amount', () => {
  const report = makeSampleReport();
  const rows = parseCsv(renderReportCsv(report));
  expect(rows).toHaveLength(report.positions.length);
  for (const [index, row] of rows.entries()) {
    const position = report.positions[index]!;
    expect(row['address']).toBe(position.address);
    const [whole = '', fraction = ''] = row['book_eth']!.split('.');
    expect(BigInt(whole + fraction.padEnd(18, '0'))).toBe(position.bookEth.value);
  }
});

it('says of which block and reading the rows are', () => {
  const [row] = parseCsv(renderReportCsv(makeSampleReport()));
  expect(row).toMatchObject({
    origin: 'invented sample',
    block: '8214600',
    block_time_utc: '2026-11-01T00:00:00.000Z',
    read_at_utc: '2026-11-01T00:00:00.000Z',
  });
});

it.each(['comma, here', 'a "quoted" name', 'two\r\nlines', 'semi;colon', 'tab\there'])(
  'keeps %j in one cell',
  (accountLabel) => {
    const [row] = parseCsv(renderReportCsv(withFirst((position) => ({ ...position, accountLabel }))));
    expect(row?.['account']).toBe(accountLabel);
  },
);

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1'])(
  'marks %j as text',
  (accountLabel) => {
    const [row] = parseCsv(renderReportCsv(withFirst((position) => ({ ...position, accountLabel }))));
    expect(row?.['account']).toBe(`'${accountLabel}`);
  },
);

it('leaves an unknown cell empty and says which one and why', () => {
  const report = withFirst((position) => ({
    ...position,
    bookUsd: unknownFigure(position.bookUsd, { code: 'no-price' }),
  }));
  const [row] = parseCsv(renderReportCsv(report));
  expect(row).toMatchObject({ book_usd: '', not_known: 'book_usd: no-price' });
  expect(row?.['book_eth']).not.toBe('');
});

it('names the estimated cells', () => {
  const report = withFirst((position) => ({ ...position, rate: { ...position.rate, isEstimate: true } }));
  expect(parseCsv(renderReportCsv(report))[0]?.['estimated']).toBe('rate_eth');
});

it('puts the result of the scenario beside each position, so that after and loss are its book value', () => {
  const toWei = (text = ''): bigint => {
    const [whole = '', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(18, '0'));
  };
  const rows = parseCsv(renderReportCsv(makeSampleReport()));
  for (const row of rows) {
    expect(toWei(row['after_scenario_eth']) + toWei(row['loss_eth'])).toBe(toWei(row['book_eth']));
  }
  expect(rows.some((row) => row['loss_eth'] !== '0')).toBe(true);
  expect(rows.some((row) => row['not_visible_eth'] !== '0')).toBe(true);
});

it('says of which block the run is and what it started from, and where it knows nothing of a position', () => {
  const report = makeSampleReport();
  const [first, second] = report.run!.result.positions;
  const earlier = { ...first!, beforeWei: (first!.beforeWei + 5n) as Wei, lossWei: 5n as Wei };
  const result = { ...report.run!.result, positions: [earlier] };
  const rows = parseCsv(renderReportCsv({ ...report, run: { ...report.run!, blockNumber: 7n, result } }));
  expect(rows[0]).toMatchObject({ scenario_block: '7', loss_eth: '0.000000000000000005', block: '8214600' });
  expect(rows[0]!['before_scenario_eth']).toBe(formatExact(earlier.beforeWei, ETH_UNIT));
  expect(second).toBeDefined();
  expect(rows[1]).toMatchObject({
    scenario_block: '',
    loss_eth: '',
    not_known: expect.stringContaining('loss_eth: not-in-run') as string,
  });
});

it('has a row without amounts for an account the reading does not hold', () => {
  const report = makeSampleReport();
  const [account] = report.accounts;
  const rows = parseCsv(renderReportCsv({ ...report, unreadAccountIds: [account!.id] }));
  expect(rows).toHaveLength(report.positions.length + 1);
  expect(rows.at(-1)).toMatchObject({
    account: account!.label,
    address: watchedText(account!),
    book_eth: '',
    not_known: 'account: not-read',
  });
});

it('leaves the scenario cells empty without a run, and says why where a run left the position out', () => {
  expect(parseCsv(renderReportCsv(makeSampleReport({ run: null })))[0]).toMatchObject({
    after_scenario_eth: '',
    loss_eth: '',
    not_known: '',
  });

  const report = makeSampleReport();
  const [first] = report.positions;
  const { result } = report.run!;
  const left = {
    ...result,
    positions: result.positions.filter(({ positionId }) => positionId !== first!.id),
    unvaluedIds: [first!.id],
  };
  expect(parseCsv(renderReportCsv({ ...report, run: { ...report.run!, result: left } }))[0]).toMatchObject({
    loss_eth: '',
    not_known: expect.stringContaining('loss_eth: input-unknown') as string,
  });
});

it('writes what stands beside a loss in columns of its own, and why a position is in none of them', () => {
  const report = makeSampleReport();
  const { run } = report;
  if (!run) throw new Error('the sample report has a run');
  const [first, second, ...rest] = run.result.positions;
  const struck = { ...first!, recoveredWei: 1n as Wei, marketLossWei: 2n as Wei, lockedWei: 3n as Wei }; // as: plain numbers
  const leftOut = {
    kind: 'position',
    id: second!.positionId,
    strategy: null,
    problem: 'legs-do-not-sum',
    detail: '',
  } as const;
  const result = { ...run.result, positions: [struck, ...rest], leftOut: [leftOut] };
  const rows = parseCsv(renderReportCsv({ ...report, run: { ...run, result } }));
  const at = (id: string) => rows[report.positions.findIndex((position) => position.id === id)];
  expect(at(struck.positionId)).toMatchObject({
    recovered_eth: '0.000000000000000001',
    market_loss_eth: '0.000000000000000002',
    locked_eth: '0.000000000000000003',
  });
  expect(at(leftOut.id)).toMatchObject({
    loss_eth: '',
    locked_eth: '',
    not_known: expect.stringContaining('loss_eth: contradiction') as string,
  });
});
