/** Assumptions and stress as they are typed, and as the engine takes them. Pure. */
import type { ExitDefaults } from '../../../shared/contract/methods.ts';
import type { ExitAssumptions, ExitStress } from '../../../shared/domain/exit.ts';
import type { ParameterSet } from '../../../shared/domain/loss-distribution.ts';
import { WAD, type Wad } from '../../../shared/domain/units.ts';
import { parseDecimal } from '../../../shared/format/numbers.ts';
import { judgeMarkets, type MarketDraft, type MarketProblems } from './marketDraft.ts';

/** Stands for a pause of nobody, in the list of whose withdrawals are paused. */
export const NO_PAUSE = 'none';

/** Numbers as typed. */
export interface ExitDraft {
  readonly queue: ParameterSet;
  readonly lossRate: string;
  readonly requiredYield: string;
  readonly isStressed: boolean;
  readonly multiple: string;
  /** A protocol, `all`, or {@link NO_PAUSE}. */
  readonly paused: string;
  readonly pauseTerm: 'days' | 'open';
  readonly pauseDays: string;
  readonly depthGone: string;
  readonly markets: readonly MarketDraft[];
}

/** What the switch of the stress shows before anything is typed: a queue four times as long. */
export const FIRST_DRAFT: ExitDraft = {
  queue: 'base',
  lossRate: '',
  requiredYield: '3',
  isStressed: false,
  multiple: '4',
  paused: NO_PAUSE,
  pauseTerm: 'days',
  pauseDays: '30',
  depthGone: '0',
  markets: [],
};

export type NumberFieldName = 'lossRate' | 'requiredYield' | 'multiple' | 'pauseDays' | 'depthGone';

type NumberProblem = 'empty' | 'not-a-number' | 'too-many-decimals' | 'negative' | 'above-all' | 'too-large';

export interface ExitQuestion {
  readonly assumptions: ExitAssumptions;
  readonly stress: ExitStress;
}

export interface JudgedDraft {
  /** Null where something makes no sense. The stress is that of the draft, switched on or not. */
  readonly question: ExitQuestion | null;
  readonly problems: Readonly<Partial<Record<NumberFieldName, NumberProblem>>>;
  readonly marketProblems: MarketProblems;
}

const DECIMALS = 12;
const MOST_MULTIPLE = 1_000_000;
const MOST_DAYS = 36_500;

type Read =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly problem: NumberProblem };

function readNumber(text: string, most: number, tooMuch: NumberProblem): Read {
  const parsed = parseDecimal(text, DECIMALS);
  if (!parsed.ok) return parsed;
  const value = Number(parsed.value) / 10 ** DECIMALS;
  return value > most ? { ok: false, problem: tooMuch } : { ok: true, value };
}

const readPercent = (text: string): Read => readNumber(text, 100, 'above-all');

/** What is not in use (a stress switched off, days of no pause) is not judged. */
export function judgeDraft(draft: ExitDraft, defaults: ExitDefaults): JudgedDraft {
  const problems: Partial<Record<NumberFieldName, NumberProblem>> = {};
  const take = (field: NumberFieldName, read: Read): number => {
    if (read.ok) return read.value;
    problems[field] = read.problem;
    return 0;
  };
  const { isStressed, paused, pauseTerm } = draft;
  const annualLossRate =
    draft.lossRate.trim() === '' ? null : take('lossRate', readPercent(draft.lossRate)) / 100;
  const requiredAnnualYield = take('requiredYield', readPercent(draft.requiredYield)) / 100;
  const stress = { ...defaults.stress };
  if (isStressed) {
    stress.queueMultiple = take('multiple', readNumber(draft.multiple, MOST_MULTIPLE, 'too-large'));
    stress.depthWithdrawn = toWad(take('depthGone', readPercent(draft.depthGone)));
    if (paused !== NO_PAUSE) {
      const days =
        pauseTerm === 'open' ? null : take('pauseDays', readNumber(draft.pauseDays, MOST_DAYS, 'too-large'));
      stress.pauses = [{ protocol: paused, days }];
    }
  }
  const { markets, problems: marketProblems } = judgeMarkets(draft.markets);
  const isFine = Object.keys(problems).length === 0 && Object.keys(marketProblems).length === 0;
  const queue = { kind: 'set', set: draft.queue } as const;
  const assumptions = {
    ...defaults.assumptions,
    queue,
    annualLossRate,
    requiredAnnualYield,
    markets: [...markets],
  };
  return { question: isFine ? { assumptions, stress } : null, problems, marketProblems };
}

/** Percent as typed, to a millionth of one. */
function toWad(percent: number): Wad {
  return ((BigInt(Math.round(percent * 1e6)) * WAD) / 100_000_000n) as Wad; // as: a share of one in 1e-18
}
