/** Loss studies in words and numbers: one wording for the screen, the command line and the report. Pure. */
import { unitsOf, SHOWN_DIGITS } from '../domain/estimate.ts';
import type { Exposure } from '../domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../domain/figure.ts';
import type { RateDerivation } from '../domain/hazards.ts';
import type {
  AttributionDimension,
  LossDistribution,
  ParameterSet,
  Tail,
} from '../domain/loss-distribution.ts';
import type { LossStudy, StudiedSet } from '../domain/loss-study.ts';
import { findSet } from '../domain/study-figures.ts';
import type { StudyRow } from '../domain/study-rows.ts';
import type { Translate } from '../text/text.ts';
import { DEFAULT_LOCALE, formatSignificant, isBound } from './numbers.ts';
import { nameDependencyById, nameOperatorByAddress, nameServiceById } from './scenario.ts';

/** An amount of ETH for a sentence; the screen hands in one that covers it while amounts are hidden. */
export type FormatEstimate = (eth: number) => string;

interface EstimateOptions {
  readonly locale?: string | undefined;
  readonly isBare?: boolean | undefined;
}

/** `5.4 ETH`, `350 ETH`: no more digits than rates known to a few events support. */
export function formatEstimate(eth: number, options: EstimateOptions = {}): string {
  return formatSignificant(unitsOf(eth, ETH_UNIT), ETH_UNIT, SHOWN_DIGITS, options);
}

/** `3.2%`, `< 0.01%`, `> 99%`. */
export function formatChance(chance: number, options: EstimateOptions = {}): string {
  return formatSignificant(unitsOf(chance, SHARE_UNIT), SHARE_UNIT, SHOWN_DIGITS, options);
}

/** `≈ 5.4 ETH`; a bound stays as it is. */
export function markEstimate(text: string): string {
  return isBound(text) ? text : `≈ ${text}`;
}

/** `99%`, `99.9%`: a confidence level, exactly. */
export function formatLevel(level: number, locale: string = DEFAULT_LOCALE): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 }).format(level);
}

/** 0.999: one case in `1,000`. */
export function countCases(level: number, locale: string = DEFAULT_LOCALE): string {
  return new Intl.NumberFormat(locale).format(Math.round(1 / (1 - level)));
}

/** `0.0053`, `1.1`: a rate per year with the digits it supports. */
export function formatRate(rate: number, locale: string = DEFAULT_LOCALE): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: SHOWN_DIGITS }).format(rate);
}

/** "about once in 190 years". */
export function describeRate(rate: number, t: Translate, locale: string = DEFAULT_LOCALE): string {
  if (rate <= 0) return t('likelihood.rate.never');
  const format = (value: number): string => formatRate(value, locale);
  const years = format(1 / rate);
  if (years === '1') return t('likelihood.rate.onceShort');
  return rate < 1
    ? t('likelihood.rate.once', { years })
    : t('likelihood.rate.often', { times: format(rate) });
}

const MONTHS = 12;
const DAYS = 365.25;

/** "one year", "3 months", "45 days". */
export function nameHorizon(years: number, t: Translate): string {
  if (isWhole(years)) return t('likelihood.horizon.years', { count: Math.round(years) });
  const months = years * MONTHS;
  if (isWhole(months)) return t('likelihood.horizon.months', { count: Math.round(months) });
  return t('likelihood.horizon.days', { count: Math.max(1, Math.round(years * DAYS)) });
}

function isWhole(value: number): boolean {
  return value >= 0.999 && Math.abs(value - Math.round(value)) < 1e-9 * value + 1e-9;
}

/** "one year in a hundred". */
function nameRareSpan(years: number, t: Translate): string {
  if (isWhole(years) && Math.round(years) === 1) return t('likelihood.oneIn.year');
  if (isWhole(years * MONTHS) && Math.round(years * MONTHS) === 1) return t('likelihood.oneIn.month');
  return t('likelihood.oneIn.other');
}

/** The level that the sentence speaks of. */
const RARE = 0.99;

export function findTail({ tails }: Pick<LossDistribution, 'tails'>, level: number): Tail | null {
  return tails.find((tail) => Math.abs(tail.level - level) < 1e-9) ?? null;
}

export interface RowLabel {
  /** In plain words. */
  readonly label: string;
  /** The term of the trade, where it is another; else empty. */
  readonly tag: string;
}

export function labelRow(row: StudyRow, t: Translate): RowLabel {
  switch (row.kind) {
    case 'expected':
      return { label: t('likelihood.row.expected'), tag: '' };
    case 'chance':
      return { label: t('likelihood.row.chance'), tag: '' };
    case 'maximum':
      return { label: t('likelihood.row.maximum'), tag: '' };
    case 'value-at-risk':
      return {
        label: t('likelihood.row.valueAtRisk', { cases: countCases(row.level) }),
        tag: t('likelihood.row.valueAtRiskTag', { level: formatLevel(row.level) }),
      };
    case 'expected-shortfall':
      return {
        label: t('likelihood.row.expectedShortfall'),
        tag: t('likelihood.row.expectedShortfallTag', { level: formatLevel(row.level) }),
      };
  }
}

/** An estimate of a row, in its unit: `≈ 5.4 ETH`, `≈ 82%`. */
export function formatRow({ kind }: StudyRow, value: number, options: EstimateOptions = {}): string {
  return markEstimate(kind === 'chance' ? formatChance(value, options) : formatEstimate(value, options));
}

/** What is marked on a curve: `VaR 99%`. */
export function nameMark(
  {
    kind,
    level,
  }: { readonly kind: 'expected' | 'value-at-risk' | 'expected-shortfall'; readonly level: number | null },
  t: Translate,
): string {
  if (level === null || kind === 'expected') return t('likelihood.chart.expected');
  const key =
    kind === 'value-at-risk' ? 'likelihood.row.valueAtRiskTag' : 'likelihood.row.expectedShortfallTag';
  return t(key, { level: formatLevel(level) });
}

export interface StudySentences {
  /** With base numbers. */
  readonly base: string;
  /** With the others; null where base numbers lose nothing. */
  readonly others: string | null;
}

/** What a study says, in two sentences. `format` writes amounts, bare of any sign that they are estimates. */
export function describeStudy(study: LossStudy, t: Translate, format: FormatEstimate): StudySentences {
  const { horizonYears } = study.request;
  const horizon = nameHorizon(horizonYears, t);
  const read = (set: ParameterSet): { expected: string; rare: string; isLosing: boolean; paths: number } => {
    const { distribution } = findSet(study, set);
    return {
      expected: format(distribution.expectedLoss.value),
      rare: format(findTail(distribution, RARE)?.valueAtRisk.value ?? 0),
      isLosing: distribution.expectedLoss.value > 0,
      paths: distribution.paths,
    };
  };
  const base = read('base');
  if (!base.isLosing) {
    const paths = new Intl.NumberFormat(DEFAULT_LOCALE).format(base.paths);
    return { base: t('likelihood.sentence.nothing', { horizon, paths }), others: null };
  }
  const calm = read('calm');
  const stressed = read('stressed');
  return {
    base: t('likelihood.sentence.base', {
      horizon,
      expected: base.expected,
      oneIn: nameRareSpan(horizonYears, t),
      rare: base.rare,
    }),
    others: t('likelihood.sentence.others', {
      calm: calm.expected,
      calmRare: calm.rare,
      stressed: stressed.expected,
      stressedRare: stressed.rare,
    }),
  };
}

/** What the figures hold and what not, in words. */
export function describeScope({ request }: LossStudy, t: Translate): string {
  return [
    t('likelihood.sentence.estimate'),
    t(request.isRecoveryCounted ? 'likelihood.sentence.net' : 'likelihood.sentence.gross'),
    t(request.includeMarket ? 'likelihood.sentence.market' : 'likelihood.sentence.noMarket'),
  ].join(' ');
}

/** "2 events in 470 years; the mean of what they allow". */
export function describeDerivation(
  from: RateDerivation | null,
  t: Translate,
  locale: string = DEFAULT_LOCALE,
): string {
  if (from === null) return t('likelihood.from.user');
  const write = (value: number): string =>
    new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 }).format(value);
  switch (from.kind) {
    case 'posterior':
      return t('likelihood.from.posterior', {
        count: from.events,
        exposure: write(from.exposure),
        statistic: t(`likelihood.from.statistic.${from.statistic}`),
      });
    case 'ratio':
      return t('likelihood.from.ratio', {
        events: write(from.events),
        exposure: write(from.exposure),
        why: from.why,
      });
    case 'judgement':
      return t('likelihood.from.judgement', { why: from.why });
  }
}

type Names = Pick<Exposure, 'operators' | 'services' | 'dependencies' | 'strategies'>;

/** Who a loss is charged to. `namePosition` gives null for a position that is not there any more. */
export function nameCharged(
  dimension: AttributionDimension,
  id: string | null,
  { names }: Pick<StudiedSet, 'names'>,
  exposure: Names,
  namePosition: (id: string) => string | null,
  t: Translate,
): string {
  if (id === null) return t(`likelihood.name.none.${dimension}`);
  const own = Object.hasOwn(names, id) ? names[id] : undefined;
  if (own !== undefined) {
    if (id.startsWith('hidden:')) return t('likelihood.name.hidden', { name: own });
    if (id.startsWith('market:')) return t('likelihood.name.market', { name: own });
    return own;
  }
  switch (dimension) {
    case 'position':
      return namePosition(id) ?? t('likelihood.name.gone');
    case 'token':
      return id;
    case 'operator':
      return nameOperatorByAddress(id, exposure);
    case 'service':
      return nameServiceById(id, exposure);
    case 'dependency':
      return nameDependencyById(id, exposure);
  }
}

/** A part of a position that stands in a shared stake is named after it: `<position> with <stake>`. */
export function findPositionId(id: string, known: (id: string) => boolean): string | null {
  if (known(id)) return id;
  const at = id.lastIndexOf(' with ');
  const whole = at < 0 ? '' : id.slice(0, at);
  return known(whole) ? whole : null;
}

export function describeOmission(
  { reason, label, amount }: StudiedSet['leftOut'][number],
  t: Translate,
  format: FormatEstimate,
): string {
  return t(`likelihood.omission.${reason}`, { label, amount: amount === null ? '' : format(amount) });
}

export function describeAssumption(
  { kind, label, amount }: StudiedSet['assumptions'][number],
  t: Translate,
  format: FormatEstimate,
): string {
  return t(`likelihood.assumption.${kind}`, { label, amount: format(amount) });
}
