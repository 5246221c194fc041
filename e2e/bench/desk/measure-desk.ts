/** What a person at the screen waits for, with much more than most people have. */
import { measureDerivation, measureHeaders, measureStakeIndex, measureWallet } from './measure-bitcoin.ts';
import { measureChart, measureStore, measureValueOverTime } from './measure-history.ts';
import { measureTable } from './measure-page.ts';
import type { Pair } from './measure-pairs.ts';

export interface DeskMeasurement {
  readonly pairs: readonly Pair[];
  /** What stands beside the table: amounts that are no times. */
  readonly notes: readonly string[];
}

export async function measureDesk(repetitions: number): Promise<DeskMeasurement> {
  const wallet = await measureWallet(repetitions);
  const pairs = [
    ...(await measureTable(repetitions)),
    measureChart(repetitions),
    measureStore(repetitions),
    measureValueOverTime(repetitions),
    measureDerivation(repetitions),
    measureStakeIndex(repetitions),
    await measureHeaders(repetitions),
    wallet.pair,
  ];
  return { pairs, notes: wallet.notes };
}
