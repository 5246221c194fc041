/** Exit plans in words and numbers: one wording for the screen and the command line. Pure. */
import type { EVIDENCE_STATUSES } from '../domain/exit.ts';
import {
  type EvidenceStatus,
  type ExitInput,
  type ExitLeg,
  type ExitPlan,
  type NumberRange,
} from '../domain/exit.ts';
import { ETH_UNIT, type Unit } from '../domain/figure.ts';
import type { Translate } from '../text/text.ts';
import { DEFAULT_LOCALE } from './numbers.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

const BTC_UNIT: Unit = { symbol: 'BTC', decimals: 8, kind: 'amount' };

export function unitOfExit({ unit }: Pick<ExitPlan, 'unit'>): Unit {
  return unit === 'wei' ? ETH_UNIT : BTC_UNIT;
}

/** The digits an estimate of days supports: `4.9`, `52`, `0.4`. */
export function formatDays(seconds: number, locale: string = DEFAULT_LOCALE): string {
  const days = seconds / DAY;
  const digits = days < 9.95 ? 1 : 0;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(days);
}

/** `4.9 days`, `8 hours`, `at once`; what is not known says so. */
export function formatWait(seconds: number | null, t: Translate, locale: string = DEFAULT_LOCALE): string {
  if (seconds === null) return t('exit.time.unknown');
  if (seconds === 0) return t('exit.time.none');
  const write = (count: number, unit: 'minutes' | 'hours'): string =>
    t(`exit.time.${unit}`, { count, value: new Intl.NumberFormat(locale).format(count) });
  if (seconds < HOUR) return write(Math.max(1, Math.round(seconds / MINUTE)), 'minutes');
  if (seconds < DAY - HOUR / 2) return write(Math.round(seconds / HOUR), 'hours');
  const value = formatDays(seconds, locale);
  return t('exit.time.days', { count: value === '1' ? 1 : 2, value });
}

/** `4.9 days (1 day to 65 days)`; one time where all three are the same. */
export function formatWaitRange(range: NumberRange, t: Translate, locale: string = DEFAULT_LOCALE): string {
  const { low, typical, high } = range;
  const write = (seconds: number | null): string => formatWait(seconds, t, locale);
  if (low === null) return write(null);
  if (typical === null) return low === 0 ? write(null) : t('exit.time.least', { low: write(low) });
  if (typical === 0 && high === 0) return write(0);
  if (typical === 0) {
    return high === null ? t('exit.time.seldomOpen') : t('exit.time.seldom', { high: write(high) });
  }
  const words = { low: write(low), typical: write(typical), high: write(high) };
  if (high === null) return t('exit.time.open', words);
  return words.low === words.high && words.low === words.typical
    ? words.typical
    : t('exit.time.range', words);
}

/** When the money arrives. Of an unknown time it still says how long it takes at least. */
export function formatTotal(
  { total, atLeast }: ExitPlan,
  t: Translate,
  locale: string = DEFAULT_LOCALE,
): string {
  return total.low === null && atLeast > 0
    ? t('exit.time.least', { low: formatWait(atLeast, t, locale) })
    : formatWaitRange(total, t, locale);
}

/** How long a step takes. A pause has an end or none; it is not a wait that nobody published. */
export function formatLegTime(
  { kind, duration }: ExitLeg,
  t: Translate,
  locale: string = DEFAULT_LOCALE,
): string {
  return kind === 'pause' && duration.typical === null
    ? t('exit.time.noEnd')
    : formatWaitRange(duration, t, locale);
}

/** `at once`, `after 14 days`: when a step typically begins. */
export function formatStart(
  { start }: Pick<ExitLeg, 'start'>,
  t: Translate,
  locale: string = DEFAULT_LOCALE,
): string {
  if (start.typical === null) return t('exit.time.startUnknown');
  if (start.typical === 0) return t('exit.time.none');
  return t('exit.time.after', { time: formatWait(start.typical, t, locale) });
}

/** The steps to tell of: a pause that comes after one of the same protocol without an end says nothing new. */
export function listTold(legs: readonly ExitLeg[]): readonly ExitLeg[] {
  return legs.filter(
    (leg, index) =>
      leg.kind !== 'pause' ||
      !legs
        .slice(0, index)
        .some(
          ({ kind, protocol, duration }) =>
            kind === 'pause' && protocol === leg.protocol && duration.high === null,
        ),
  );
}

/** As the protocols call themselves; an id that has no name stands for itself. */
export function nameProtocol(id: string, t: Translate): string {
  // as: ids come from the engine; one without a text is shown as it is
  return t(`exit.protocol.${id}` as 'exit.protocol.lido', { defaultValue: id });
}

/** A step by its own name: `Lido’s queue`. A way out can hold the same step twice, told apart by `#2`. */
export function nameLeg(
  { id, kind, protocol }: Pick<ExitLeg, 'id' | 'kind' | 'protocol'>,
  t: Translate,
): string {
  const owner = nameProtocol(protocol, t);
  if (kind === 'pause') return t('exit.step.pause', { protocol: owner });
  // as: see above
  return t(`exit.step.${dropNumber(id)}` as 'exit.step.sweep', {
    defaultValue: t('exit.step.other', { protocol: owner }),
  });
}

function dropNumber(id: string): string {
  return id.replace(/#\d+$/u, '');
}

/** What a step rests on. A published wait has the step’s own id. */
export function nameInput({ id }: Pick<ExitInput, 'id'>, t: Translate): string {
  // as: ids come from the engine; those without a text are published waits
  return t(`exit.input.${id}` as 'exit.input.wait', { defaultValue: t('exit.input.wait') });
}

/** The step or number a doubtful input is of, for a list of them. */
export function nameInputAlone(id: string, t: Translate): string {
  return t(`exit.step.${id}` as 'exit.step.sweep', { defaultValue: nameInput({ id }, t) });
}

/** `1, 4.9 or 17 days`; one number where all three are the same. */
export function formatInput(
  { unit, value }: ExitInput,
  t: Translate,
  locale: string = DEFAULT_LOCALE,
): string {
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: unit === 'days' ? 2 : 0 });
  const write = (count: number): string => t(`exit.unit.${unit}`, { count, value: digits.format(count) });
  const bare = (count: number | null): string =>
    count === null ? t('exit.time.unknown') : digits.format(count);
  const { low, typical, high } = value;
  if (low === null) return t('exit.time.unknown');
  if (low === typical && typical === high) return write(low);
  return t('exit.unit.range', {
    low: bare(low),
    typical: bare(typical),
    high: high === null ? t('exit.time.unknown') : write(high),
  });
}

/** From what carries least to what carries most. */
const WEAKEST_FIRST: readonly EvidenceStatus[] = [
  'unconfirmed',
  'disputed',
  'secondary',
  'assumed',
  'entered',
  'read',
  'confirmed',
] satisfies readonly (typeof EVIDENCE_STATUSES)[number][];

/** The weakest of the numbers these legs rest on; null where they rest on none. */
export function findWeakest(legs: readonly Pick<ExitLeg, 'inputs'>[]): EvidenceStatus | null {
  const held = new Set(legs.flatMap(({ inputs }) => inputs.map(({ evidence }) => evidence.status)));
  // What somebody holds is no matter of evidence.
  return WEAKEST_FIRST.find((status) => held.has(status)) ?? null;
}

/** Whether a leg plays a part in some reading only. */
export function isSeldom({ duration }: Pick<ExitLeg, 'duration'>): boolean {
  return duration.typical === 0 && duration.high !== 0;
}

/** Why the typical time of a plan is not known; null where it is. */
export function explainUnknown(plan: ExitPlan, t: Translate): string | null {
  if (plan.total.typical !== null) return null;
  if (plan.pathId === null) return t('exit.why.no-path');
  if (plan.isPausedForGood) return t('exit.why.paused');
  const leg = plan.legs.find(({ duration }) => duration.typical === null);
  if (leg === undefined) return t('exit.why.no-path');
  const note = leg.inputs.find(({ value }) => value.typical === null)?.evidence.note ?? '';
  return t('exit.why.step', { step: nameLeg(leg, t), note }).trim();
}
