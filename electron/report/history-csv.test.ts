import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/domain/history/snapshot.ts';
import {
  anySnapshots,
  dayOf,
  makePosition,
  makeSnapshotOf,
} from '../../shared/domain/history/testing/make-snapshots.ts';
import { WAD } from '../../shared/domain/units.ts';
import { parseHistoryCsv } from './parse-history-csv.ts';
import { renderHistoryCsv } from './render-history-csv.ts';

const STAMP = { file: 'history.csv', importedAt: dayOf(500) };

function write(snapshots: readonly Snapshot[]): string {
  return new TextDecoder().decode(renderHistoryCsv(snapshots));
}

const HEAD = 'time_utc,address,symbol,amount,rate_eth,eth_usd';

function parse(...lines: readonly string[]): readonly Snapshot[] {
  return parseHistoryCsv([HEAD, ...lines].join('\n'), STAMP);
}

describe('a history file', () => {
  it('gives back what was written, for any history', () => {
    fc.assert(
      fc.property(anySnapshots, (snapshots) => {
        const back = parseHistoryCsv(write(snapshots), STAMP);
        expect(back).toEqual(
          snapshots.map((snapshot) => ({
            ...snapshot,
            origin: { kind: 'imported', ...STAMP, said: 'Ethereum, node.made-up.test' },
          })),
        );
        // And once more, out of what was imported.
        expect(parseHistoryCsv(write(back), STAMP)).toEqual(back);
      }),
      { numRuns: 200 },
    );
  });

  it('runs nothing in a spreadsheet, and says of the sample that it is invented', () => {
    const account = { address: '0x01', name: '=HYPERLINK("http://x")', read: ['ETH'] };
    const text = write([makeSnapshotOf(0, [], { accounts: [account], origin: { kind: 'synthetic' } })]);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).toContain('synthetic: invented sample');
  });

  it('writes what is not known as an empty cell with its reason, never as zero', () => {
    const text = write([makeSnapshotOf(0, [makePosition('wstETH', { amount: null, why: 'call-failed' })])]);
    expect(text.split('\r\n')[2]).toMatch(/,held,,1,,,,,,,3000,60000,amount: call-failed,/u);
  });

  it('may be made by hand, with the columns that are needed in any order', () => {
    const [snapshot] = parseHistoryCsv(
      '\uFEFFamount;symbol;address;time_utc\r\n"2.5";weETH;0x01;2026-01-05\r\n4;ETH;0x01;2026-01-05\r\n',
      STAMP,
    );
    expect(snapshot).toMatchObject({
      at: Date.UTC(2026, 0, 5),
      ethUsd: null,
      whyNoPrice: 'left-blank',
      accounts: [{ address: '0x01', read: [] }],
      positions: [
        { instrument: 'weETH', protocol: 'ether.fi', amount: (5n * WAD) / 2n, rate: null, why: 'left-blank' },
        { instrument: 'ETH', amount: 4n * WAD, rate: WAD, why: null },
      ],
    });
  });

  it.each([
    ['Line 2: the address is empty.', '2026-01-01,,ETH,1,,'],
    ['Line 2: time_utc “soon” is no time such as', 'soon,0x01,ETH,1,,'],
    ['Line 2: time_utc “2026-02-31” is no time', '2026-02-31,0x01,ETH,1,,'],
    ['Line 2: the time lies in the future.', '2036-02-01,0x01,ETH,1,,'],
    ['Line 2: amount “-1” is below zero.', '2026-01-01,0x01,ETH,-1,,'],
    ['Line 2: amount “1.234,5” is not a number', '2026-01-01,0x01,ETH,"1.234,5",,'],
    ['Line 2: rate_eth is 0; leave it empty', '2026-01-01,0x01,weETH,1,0,'],
    ['Line 2: neither instrument nor symbol is given.', '2026-01-01,0x01,,1,,'],
    ['Line 2: a quote is opened here and never closed.', '2026-01-01,0x01,"ETH,1,,'],
  ])('is refused whole: %s', (message, line) => {
    expect(() => parse(line, '2026-01-02,0x01,ETH,1,,')).toThrow(message);
    expect(() => parse(line, '2026-01-02,0x01,ETH,1,,')).toThrow(
      expect.objectContaining({ code: 'bad-history-file' }),
    );
  });

  it('says nothing of a secret that stands in a cell that cannot be read', () => {
    const key = `0x${'1f'.repeat(32)}`;
    const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    for (const line of [`2026-01-01,0x01,ETH,${key},,`, `${phrase},0x01,ETH,1,,`]) {
      expect(() => parse(line)).toThrow(expect.objectContaining({ code: 'secret-refused' }));
      expect(() => parse(line)).not.toThrow(/1f1f|winner/u);
    }
  });

  it('shows every letter of a name where it stands', () => {
    const [snapshot] = parse('2026-01-01,0x01,st\u202EHTE\u200B,1,,');
    expect(snapshot?.positions[0]?.symbol).toBe('stHTE');
  });

  it('is refused where it contradicts itself, or has no rows or columns', () => {
    const one = '2026-01-01,0x01,ETH,1,,3000';
    expect(() => parse(one, '2026-01-01,0x01,weETH,1,,3001')).toThrow(
      'Line 3: eth_usd is not the same as in line 2',
    );
    expect(() => parse(one, '', one)).toThrow('Line 4: ETH of this account was listed before');
    expect(() => parse()).toThrow('Line 1: there is no row');
    expect(() => parseHistoryCsv('', STAMP)).toThrow('Line 1: the file is empty');
    expect(() => parseHistoryCsv('time_utc,amount\n', STAMP)).toThrow('there is no column address');
    expect(() => parseHistoryCsv('time_utc,amount,address\n', STAMP)).toThrow(
      'no column instrument or symbol',
    );
    expect(() => parseHistoryCsv('amount,amount,address,time_utc,symbol\n', STAMP)).toThrow(
      'amount is there twice',
    );
  });
});
