import { describe, expect, test } from 'vitest';
import { runBallast } from './testing/run-ballast.ts';

interface ExitJson {
  readonly schema: string;
  readonly total: string;
  readonly assumptions: { readonly queue: { readonly set: string }; readonly annualLossRate: number | null };
  readonly stress: { readonly pauses: readonly unknown[] };
  readonly plans: readonly {
    readonly amount: string;
    readonly legs: readonly { readonly id: string }[];
    readonly total: { readonly typical: number | null };
    readonly waiting: { readonly cost: { readonly typical: string | null } };
  }[];
  readonly ladder: readonly { readonly day: number }[];
}

describe('exit on the sample', () => {
  test('prints the steps of every way out, and the ladder', async () => {
    const { code, stdout, stderr } = await runBallast(['exit', '--sample']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Invented sample network/u);
    expect(stdout).toMatch(/^weETH, Treasury: 52\.4946 ETH, 4\.9 days \(1 day to 65 days\)\.$/mu);
    expect(stdout).toMatch(/^ {2}ether\.fi’s queue +4\.9 days \(1 day to 17 days\) +at once +disputed$/mu);
    expect(stdout).toMatch(/^ {2}Disputed or unconfirmed: ether\.fi’s queue\.$/mu);
    for (const day of [1, 7, 14, 30, 60])
      expect(stdout).toMatch(new RegExp(`^ *${day}( +[\\d.]+ ETH){3}$`, 'mu'));
    expect(stdout).toMatch(/give --loss-rate/u);
  });

  test('prints the whole plan as JSON, with what was asked', async () => {
    const args = ['exit', '--sample', '--json', '--queue', 'stressed', '--paused', '30', '--loss-rate', '1'];
    const plan = JSON.parse((await runBallast([...args])).stdout) as ExitJson;
    expect(plan).toMatchObject({
      schema: 'ballast-exit/1',
      assumptions: { queue: { set: 'stressed' }, annualLossRate: 0.01 },
      stress: { pauses: [{ protocol: 'all', days: 30 }] },
    });
    expect(plan.plans.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString()).toBe(plan.total);
    expect(plan.plans.some(({ waiting }) => BigInt(waiting.cost.typical ?? 0) > 0n)).toBe(true);
  });

  test('says of a pause without an end that the time is not known, and why', async () => {
    const { stdout } = await runBallast(['exit', '--sample', '--paused', 'open']);
    expect(stdout).toMatch(/^wstETH, Treasury: 70\.9109 ETH, not known, 1 day or more\.$/mu);
    expect(stdout).toContain('Withdrawals are paused and nobody has said until when.');
    expect(stdout).toMatch(/^ {2}Withdrawals paused: Lido +no end known +at once$/mu);
    expect(stdout).not.toContain('NaN');
  });

  test('refuses what is no number, and says which option', async () => {
    const { code, stdout, stderr } = await runBallast(['exit', '--sample', '--paused', 'soon']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--paused takes a number from 0 to 36500');
  });
});
