/** Turns the options of `simulate --likelihood` into a study's request, the sets to print, and a move. */
import { UsageError } from './exit-codes.ts';
import type { PortfolioView } from '../../shared/contract/methods.ts';
import { DEFAULT_STUDY_REQUEST, STUDY_HORIZONS, type StudyHorizon } from '../../shared/domain/kept-study.ts';
import { PARAMETER_SETS, type ParameterSet } from '../../shared/domain/loss-distribution.ts';
import type { Move, StudyRequest } from '../../shared/domain/loss-study.ts';
import { parseDecimal } from '../../shared/format/numbers.ts';
import { namePosition } from '../../shared/format/position-name.ts';
import type { Translate } from '../../shared/text/text.ts';
import { findByName } from './find-by-name.ts';

export interface LikelihoodOptions {
  readonly likelihood?: boolean | undefined;
  readonly horizon?: string | undefined;
  readonly paths?: string | undefined;
  readonly seed?: string | undefined;
  readonly set?: ParameterSet | undefined;
  readonly market?: boolean | undefined;
  readonly recovery?: boolean | undefined;
  readonly rate?: readonly string[] | undefined;
  readonly moveFrom?: string | undefined;
  readonly moveTo?: string | undefined;
  readonly amount?: string | undefined;
}

const OPTION_NAMES = {
  horizon: '--horizon',
  paths: '--paths',
  seed: '--seed',
  set: '--set',
  market: '--market',
  recovery: '--recovery',
  rate: '--rate',
  moveFrom: '--move-from',
  moveTo: '--move-to',
  amount: '--amount',
} as const satisfies Record<Exclude<keyof LikelihoodOptions, 'likelihood'>, string>;

/** Refuses what belongs to a study where none is asked for, and a move that is only half said. */
export function checkLikelihoodOptions(options: LikelihoodOptions): void {
  if (options.likelihood !== true) {
    // as: the keys of the record above
    const names = Object.keys(OPTION_NAMES) as readonly (keyof typeof OPTION_NAMES)[];
    const stray = names.find((name) => options[name] !== undefined);
    if (stray !== undefined) throw new UsageError(`${OPTION_NAMES[stray]} goes with --likelihood.`);
    return;
  }
  const { moveFrom, moveTo, amount } = options;
  const said = [moveFrom, moveTo, amount].filter((part) => part !== undefined).length;
  if (said > 0 && said < 3) throw new UsageError('A move needs --move-from, --move-to and --amount.');
}

export function readStudyRequest(options: LikelihoodOptions): StudyRequest {
  return {
    horizonYears: readHorizon(options.horizon),
    paths: readWhole(options.paths, '--paths', DEFAULT_STUDY_REQUEST.paths, 1000, 2_000_000),
    seed: readWhole(options.seed, '--seed', DEFAULT_STUDY_REQUEST.seed, 0, 2 ** 32 - 1),
    includeMarket: options.market === true,
    isRecoveryCounted: options.recovery === true,
    edits: (options.rate ?? []).map(readRate),
  };
}

/** All, or the one that was named. */
export function listAskedSets({ set }: LikelihoodOptions): readonly ParameterSet[] {
  return set === undefined ? PARAMETER_SETS : [set];
}

const MONTHS = 12;
const LONGEST_YEARS = 30;

function isNamedHorizon(text: string): text is StudyHorizon {
  return Object.hasOwn(STUDY_HORIZONS, text);
}

/** `1m`, `18m`, `3y`, `0.5y`. */
function readHorizon(text: string | undefined): number {
  if (text === undefined) return DEFAULT_STUDY_REQUEST.horizonYears;
  const lower = text.toLowerCase();
  if (isNamedHorizon(lower)) return STUDY_HORIZONS[lower];
  const match = /^(\d{1,4}(?:\.\d{1,6})?)([my])$/u.exec(lower);
  const years = Number(match?.[1] ?? 'NaN') / (match?.[2] === 'm' ? MONTHS : 1);
  if (years > 0 && years <= LONGEST_YEARS) return years;
  throw new UsageError(
    `--horizon must be months or years, such as 3m or 1y, at most 30y; “${text.slice(0, 40)}” is not.`,
  );
}

function readWhole(
  text: string | undefined,
  option: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d{1,10}$/u.test(text) && value >= least && value <= most) return value;
  throw new UsageError(
    `${option} must be a whole number from ${least} to ${most}; “${text.slice(0, 40)}” is not.`,
  );
}

/** `<source id>=<times a year>`; ids hold `:` and may hold `=`, so the last one divides. */
function readRate(text: string): StudyRequest['edits'][number] {
  const at = text.lastIndexOf('=');
  const rate = text.slice(at + 1);
  if (at > 0 && /^\d{1,4}(?:\.\d{1,12})?$/u.test(rate) && Number(rate) <= 1000) {
    return { sourceId: text.slice(0, at), ratePerYear: Number(rate) };
  }
  throw new UsageError(
    `--rate must be a source's id, “=” and a number from 0 to 1000; “${text.slice(0, 80)}” is not.`,
  );
}

const PLAIN_ETH = 'eth';

/** Null where none is asked for. Positions by id or by name. @throws AppError scenario-invalid for one that is not there */
export function readMove(
  options: LikelihoodOptions,
  { positions }: PortfolioView,
  t: Translate,
): Move | null {
  const { moveFrom, moveTo, amount } = options;
  if (moveFrom === undefined || moveTo === undefined || amount === undefined) return null;
  const named = positions.map((position) => ({
    id: position.id,
    name: namePosition({ ...position, symbol: position.instrument.symbol }, t),
  }));
  const find = (wanted: string): string => findByName('position', wanted, named, ({ id }) => id).id;
  const parsed = parseDecimal(amount, 18);
  if (!parsed.ok || parsed.value === 0n) {
    throw new UsageError(`--amount must be above 0 in ETH; “${amount.slice(0, 40)}” is not.`);
  }
  return {
    fromPositionId: find(moveFrom),
    toPositionId: moveTo.toLowerCase() === PLAIN_ETH ? null : find(moveTo),
    // An estimate moves estimates: what a double cannot hold of it does not count.
    amount: Number(parsed.value) / 1e18,
  };
}
