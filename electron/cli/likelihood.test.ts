import { describe, expect, test } from 'vitest';
import { lossStudySchema, moveResultSchema } from '../../shared/domain/loss-study.ts';
import type { Client } from '../../shared/contract/bridge.ts';
import type { PortfolioView } from '../../shared/contract/methods.ts';
import { createText } from '../../shared/text/text.ts';
import { checkLikelihoodOptions, readMove, readStudyRequest } from './likelihood-options.ts';
import { runSimulate } from './simulate.ts';
import type { Terminal } from './terminal.ts';
import { runBallast } from './testing/run-ballast.ts';

const LIKELIHOOD = ['simulate', '--sample', '--likelihood', '--paths', '5000'] as const;
const MOVE = ['--move-from', 'wstETH, Treasury', '--move-to', 'eth', '--amount', '5'] as const;

describe('simulate --likelihood on the sample', () => {
  test('says it in a sentence, in a table of the three sets, and on which numbers', async () => {
    const { code, stdout, stderr } = await runBallast([...LIKELIHOOD, ...MOVE]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Invented sample network/u);
    expect(stdout).toMatch(
      /In one year, with base numbers, expect to lose about \d[\d.]* ETH on average; one year in a hundred loses \d+ ETH or more\./u,
    );
    expect(stdout).toMatch(/^Loss in ETH +Calm +Base +Stressed$/mu);
    expect(stdout).toMatch(/^Exceeded in 1 of 100 cases \(VaR 99%\) +≈ \S+ +≈ \S+ +≈ \S+$/mu);
    expect(stdout).toMatch(/^Moved 5\.0 ETH from wstETH, Treasury to plain ETH/mu);
    expect(stdout).toMatch(/contract:lido +Exploit of an issuer’s contracts: Lido contracts +0\.032/u);
    expect(stdout).toContain('unconfirmed, unconfirmed');
    expect(stdout).toMatch(/^Assumed:$/mu);
    expect(stdout).toMatch(/^Left out:$/mu);
  });

  test('prints the study as JSON, the asked set only, with the move and the edited rate', async () => {
    const rate = 'contract_exploit_issuer:contract:lido=0.1';
    const { code, stdout } = await runBallast([
      ...LIKELIHOOD,
      ...MOVE,
      ...['--set', 'calm', '--horizon', '3m', '--seed', '7', '--rate', rate, '--json'],
    ]);
    expect(code).toBe(0);
    const { schema, moved, ...study } = JSON.parse(stdout) as Record<string, unknown>;
    expect(schema).toBe('ballast-study/1');
    // Amounts of blocks are strings there.
    const parsed = lossStudySchema.parse({ ...study, blockNumber: BigInt(String(study['blockNumber'])) });
    expect(parsed.request).toMatchObject({ horizonYears: 0.25, paths: 5000, seed: 7 });
    expect(parsed.sets.map(({ set }) => set)).toEqual(['calm']);
    const edited = parsed.sets[0]?.sources.filter(({ isEdited }) => isEdited);
    expect(edited).toMatchObject([{ ratePerYear: 0.1 }]);
    const result = moveResultSchema.parse(moved);
    expect(result.move).toEqual({
      fromPositionId: 'sample-treasury:wstETH:held',
      toPositionId: null,
      amount: 5,
    });
    expect(result.sets.map(({ set }) => set)).toEqual(['calm']);
    expect(result.sets[0]?.expectedLoss.change.value).toBeLessThan(0);
  });
});

describe('options of a study', () => {
  test.each([
    ['1m', 1 / 12],
    ['18m', 1.5],
    ['0.5y', 0.5],
    ['3Y', 3],
  ])('a horizon of %s is %d years', (horizon, years) => {
    expect(readStudyRequest({ likelihood: true, horizon }).horizonYears).toBeCloseTo(years, 12);
  });

  test.each([
    { horizon: '0y' },
    { horizon: 'soon' },
    { paths: '999' },
    { paths: '1e5' },
    { seed: '-1' },
    { seed: String(2 ** 32) },
    { rate: ['=1'] },
    { rate: ['a=b'] },
    { rate: ['a=1001'] },
  ])('%j is refused', (options) => {
    expect(() => readStudyRequest({ likelihood: true, ...options })).toThrow(/^--/u);
  });

  test('take a rate by the id of its source, which may hold any sign', () => {
    expect(readStudyRequest({ rate: ['a=b:c=0.25'] }).edits).toEqual([
      { sourceId: 'a=b:c', ratePerYear: 0.25 },
    ]);
  });

  test('go with --likelihood, and a move is said in full', () => {
    expect(() => checkLikelihoodOptions({ seed: '1' })).toThrow('--seed goes with --likelihood.');
    expect(() => checkLikelihoodOptions({ likelihood: true, amount: '1' })).toThrow('--move-from');
    expect(() => checkLikelihoodOptions({ likelihood: true })).not.toThrow();
  });

  test.each([
    [{ horizon: '1y' }, '--horizon goes with --likelihood.'],
    [{ likelihood: true, scenario: 'depeg' }, 'Use --likelihood or a scenario, not both.'],
    [{ likelihood: true, moveFrom: 'x' }, 'A move needs --move-from, --move-to and --amount.'],
    [{ likelihood: true, horizon: '31y' }, '--horizon must be'],
  ] as const)('%j is refused before anything is read', async (options, message) => {
    const nobody = {} as Client; // as: nothing is asked of it
    await expect(runSimulate(nobody, { sample: true, ...options }, {} as Terminal)).rejects.toThrow(message);
  });

  test('a move needs positions that are there, and an amount above 0', () => {
    const { t } = createText();
    const view = { positions: [] } as unknown as PortfolioView; // as: positions are all that is read
    const move = { moveFrom: 'a', moveTo: 'eth', amount: '1' };
    expect(() => readMove({ ...move, amount: '0' }, view, t)).toThrow('--amount must be above 0');
    expect(() => readMove(move, view, t)).toThrow('There is no position “a”.');
    expect(readMove({}, view, t)).toBeNull();
  });
});
