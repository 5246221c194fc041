/**
 * From the yield that is advertised to what is left of it: fee, emissions at the user's price, expected loss, exit fee.
 * Percent per year, as ranges; simple interest, nothing compounded. What is not known stays unknown and is named.
 */

/** Percent, or percent per year. */
export interface PercentRange {
  readonly low: number;
  readonly high: number;
}

/**
 * base: consensus and transactions. service: what restaking services pay. emissions: tokens and points that the project
 * makes itself. unsplit: yield of which nobody says what it is made of.
 */
export const YIELD_PARTS = ['base', 'service', 'emissions', 'unsplit'] as const;
export type YieldPart = (typeof YIELD_PARTS)[number];

export interface YieldRequest {
  /** Per year, before the protocol's fee. Null: not known. Zero only where it is known to be none. */
  readonly gross: Readonly<Record<YieldPart, PercentRange | null>>;
  /** Percent of rewards that the protocol keeps; null: not known. Zero where the yields are after the fee already. */
  readonly fee: PercentRange | null;
  /** Which parts the fee is taken from. */
  readonly feeOn: readonly YieldPart[];
  /** What emissions turn out to be worth, as a multiple of what they were valued at: 1 the same, 0 nothing. */
  readonly emissionsFactor: number;
  /** Percent of the amount per year, from slashing and failures; null: not known. */
  readonly expectedLoss: PercentRange | null;
  /** Percent of the amount, once; null: not known. */
  readonly exitFee: PercentRange | null;
  readonly horizonDays: number;
  /** In the asset's smallest unit. */
  readonly amount: bigint;
}

/** Texts: `yield.step.<id>`. */
export const YIELD_STEPS = ['gross', 'fee', 'emissions', 'loss', 'exit'] as const;
export type YieldStepId = (typeof YIELD_STEPS)[number];

/** One end of the range, in percent per year: steps add up exactly along it. */
export interface YieldStepEnd {
  readonly change: number;
  readonly after: number;
}

export interface YieldStep {
  readonly id: YieldStepId;
  /** Everything at its least favourable end; null once something it needs is not known. */
  readonly worst: YieldStepEnd | null;
  /** Everything at its most favourable end. */
  readonly best: YieldStepEnd | null;
}

/** What is not known. Texts: `yield.missing.<id>`. */
export type YieldMissing = YieldPart | 'fee' | 'expectedLoss' | 'exitFee';

export interface YieldResult {
  readonly steps: readonly YieldStep[];
  /** Percent per year after everything; null where something is not known. Can be below zero. */
  readonly net: PercentRange | null;
  /** What the amount gains over the horizon at that rate, in its smallest unit, rounded down. */
  readonly gain: { readonly low: bigint; readonly high: bigint } | null;
  /** The same without emissions; unsplit yield may be emissions, so that it is in the high end only. */
  readonly sustainable: PercentRange | null;
  /** Percent of the gross yield that is emissions; unsplit yield may be. Null: not known, or no yield. */
  readonly emissionsShare: PercentRange | null;
  readonly missing: readonly YieldMissing[];
}

/** A year as the rates mean it. */
const DAYS = 365;
/** Gains are worked out in millionths of a percent: finer than any rate is known. */
const PER_PERCENT = 1_000_000;

const NOTHING: PercentRange = { low: 0, high: 0 };

/**
 * Goes through the steps at both ends of every range. Rewards, fee and loss are taken as independent, so that the worst
 * end has all of them against the holder; the truth lies between.
 *
 *     gross      the sum of the parts
 *     fee        - fee x (parts it is taken from)
 *     emissions  + (factor - 1) x (emissions after fee)
 *     loss       - expected loss
 *     exit       - exit fee x 365 / horizon
 *
 * @throws RangeError for a range that is upside down, below zero or no number, a percentage above 100, a factor below zero,
 * no horizon, an amount below zero
 */
export function computeYield(request: YieldRequest): YieldResult {
  checkRequest(request);
  const missing = listMissing(request);
  const worst = walk(request, 'worst');
  const best = walk(request, 'best');
  const net = rangeOf(worst.at(-1)?.after ?? null, best.at(-1)?.after ?? null);
  return {
    steps: YIELD_STEPS.map((id, index) => ({
      id,
      worst: worst[index] ?? null,
      best: best[index] ?? null,
    })),
    net,
    gain: net === null ? null : computeGain(request, net),
    sustainable: computeSustainable(request),
    emissionsShare: shareOfEmissions(request),
    missing,
  };
}

type End = 'worst' | 'best';

/** The end of a range that is good for the holder, or the other one. */
function pick({ low, high }: PercentRange, end: End, isGood: 'high' | 'low'): number {
  return (end === 'best') === (isGood === 'high') ? high : low;
}

/** The steps along one end; from the first that needs something unknown, null. */
function walk(request: YieldRequest, end: End): (YieldStepEnd | null)[] {
  const { gross, fee, feeOn, emissionsFactor, expectedLoss, exitFee, horizonDays } = request;
  const rewards = (parts: readonly YieldPart[]): number | null => {
    let sum = 0;
    for (const part of parts) {
      const range = gross[part];
      if (range === null) return null;
      sum += pick(range, end, 'high');
    }
    return sum;
  };
  const all = rewards(YIELD_PARTS);
  const charged = rewards(feeOn);
  const feeShare = readFee(fee, feeOn, end);
  const emitted = gross.emissions === null ? null : pick(gross.emissions, end, 'high');
  const kept = feeOn.includes('emissions') ? negate(feeShare, 1) : 1;
  const exit = exitFee === null ? null : (pick(exitFee, end, 'low') * DAYS) / horizonDays;
  const changes = [
    all,
    charged === null || feeShare === null ? null : 0 - charged * feeShare,
    emitted === null || kept === null ? null : (emissionsFactor - 1) * emitted * kept,
    expectedLoss === null ? null : 0 - pick(expectedLoss, end, 'low'),
    negate(exit, 0),
  ];
  let after: number | null = 0;
  return changes.map((change): YieldStepEnd | null => {
    after = after === null || change === null ? null : after + change;
    return after === null || change === null ? null : { change, after };
  });
}

/** A share of what it is taken from; none where it is taken from nothing. */
function readFee(fee: PercentRange | null, feeOn: readonly YieldPart[], end: End): number | null {
  if (feeOn.length === 0) return 0;
  return fee === null ? null : pick(fee, end, 'low') / 100;
}

/** `from` less the value; plain zero rather than minus zero. */
function negate(value: number | null, from: number): number | null {
  return value === null ? null : from - value;
}

function rangeOf(worst: number | null, best: number | null): PercentRange | null {
  return worst === null || best === null ? null : { low: worst, high: best };
}

/** Without emissions, and at the low end without what may be emissions. */
function computeSustainable(request: YieldRequest): PercentRange | null {
  const { gross } = request;
  const firm = walk({ ...request, gross: { ...gross, emissions: NOTHING, unsplit: NOTHING } }, 'worst');
  const most = walk({ ...request, gross: { ...gross, emissions: NOTHING } }, 'best');
  return rangeOf(firm.at(-1)?.after ?? null, most.at(-1)?.after ?? null);
}

function shareOfEmissions({
  gross: { base, service, emissions, unsplit },
}: YieldRequest): PercentRange | null {
  if (base === null || service === null || emissions === null || unsplit === null) return null;
  const share = (emitted: number, other: number): number | null =>
    emitted + other > 0 ? (100 * emitted) / (emitted + other) : null;
  const low = share(emissions.low, base.high + service.high + unsplit.high);
  const high = share(emissions.high + unsplit.high, base.low + service.low);
  return rangeOf(low, high);
}

/** Simple interest; rounded down, also below zero, so that a gain is never too large. */
function computeGain({ amount, horizonDays }: YieldRequest, net: PercentRange): YieldResult['gain'] {
  const gain = (percent: number): bigint => {
    const over = BigInt(Math.round((percent * PER_PERCENT * horizonDays) / DAYS));
    const product = amount * over;
    const unit = BigInt(PER_PERCENT) * 100n;
    return product / unit - (product % unit < 0n ? 1n : 0n);
  };
  return { low: gain(net.low), high: gain(net.high) };
}

function listMissing({ gross, fee, feeOn, expectedLoss, exitFee }: YieldRequest): YieldMissing[] {
  return [
    ...YIELD_PARTS.filter((part) => gross[part] === null),
    ...(fee === null && feeOn.length > 0 ? (['fee'] as const) : []),
    ...(expectedLoss === null ? (['expectedLoss'] as const) : []),
    ...(exitFee === null ? (['exitFee'] as const) : []),
  ];
}

function checkRequest({ gross, fee, expectedLoss, exitFee, ...rest }: YieldRequest): void {
  // Written so that NaN fails.
  const isRange = (range: PercentRange | null, most: number): boolean =>
    range === null || (range.low >= 0 && range.low <= range.high && range.high <= most);
  if (!YIELD_PARTS.every((part) => isRange(gross[part], Number.MAX_VALUE))) throw new RangeError('no yield');
  if (![fee, expectedLoss, exitFee].every((range) => isRange(range, 100)))
    throw new RangeError('no percentage');
  if (!(rest.emissionsFactor >= 0 && rest.emissionsFactor < Infinity)) throw new RangeError('no price');
  if (!(rest.horizonDays > 0 && rest.horizonDays < Infinity)) throw new RangeError('no horizon');
  if (rest.amount < 0n) throw new RangeError('an amount is below zero');
}
