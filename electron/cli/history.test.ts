import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseHistoryCsv } from '../report/parse-history-csv.ts';
import { runBallast } from './testing/run-ballast.ts';

const folder = mkdtempSync(join(tmpdir(), 'ballast-history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runHistory = (...args: readonly string[]) => runBallast(['history', '--sample', ...args]);

interface HistoryJson {
  readonly schema: string;
  readonly isSynthetic: boolean;
  readonly attribution: {
    readonly total: {
      readonly before: string;
      readonly after: string;
      readonly parts: Readonly<Record<'flows' | 'rewards' | 'price' | 'mixed', string>>;
    };
  };
}

describe('history of the sample', () => {
  test('prints totals with the gap as a gap, and says that it is invented', async () => {
    const { code, stdout } = await runHistory('--currency', 'ETH');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Invented: /u);
    expect(stdout).toMatch(/2026-01-04 .*\n\(gap\)\n2026-03-15/u);
    expect(stdout).toMatch(/2026-06-07 +not known: the call failed/u);
    expect(stdout).toMatch(/^Total .*420\.1426 ETH$/mu);
  });

  test('--json: the parts of the total sum to its change', async () => {
    const { stdout } = await runHistory('--currency', 'BTC', '--from', '2025-08-01', '--json');
    const view = JSON.parse(stdout) as HistoryJson;
    expect(view).toMatchObject({ schema: 'ballast-history/1', isSynthetic: true });
    const { before, after, parts } = view.attribution.total;
    const sum = [before, parts.flows, parts.rewards, parts.price, parts.mixed].reduce(
      (total, part) => total + BigInt(part),
      0n,
    );
    expect(sum.toString()).toBe(after);
  });

  test('--csv writes a file that can be imported', async () => {
    const path = join(folder, 'history.csv');
    const { code, stdout, stderr } = await runHistory('--csv', path);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(path);
    const back = parseHistoryCsv(readFileSync(path, 'utf8'), { file: 'a', importedAt: Date.UTC(2027, 0, 1) });
    expect(back).toHaveLength(70);
    expect(back[0]?.origin).toMatchObject({ said: 'synthetic: invented sample' });
  });

  test('a day that is none is a mistake on the command line', async () => {
    const { code, stderr } = await runHistory('--from', '2026-02-30');
    expect(code).toBe(2);
    expect(stderr).toContain('--from takes a day such as 2026-11-23');
  });

  test('days without a reading are told apart from a history that is not there', async () => {
    const { code, stdout } = await runHistory('--from', '2030-01-01');
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing was read in this range. The history reaches from 4 May 2025 to');
    const turned = await runHistory('--from', '2026-06-30', '--to', '2026-01-01');
    expect(turned).toMatchObject({ code: 2, stdout: '' });
    expect(turned.stderr).toContain('--from is after --to.');
  });
});
