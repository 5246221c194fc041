/**
 * The sample's price history: two years of days made up by a seeded generator, with two made-up depegs, so that the
 * market page shows something before any source is allowed. It resembles no real year and says so wherever it is shown.
 */
export interface SampleSeries {
  readonly kind: 'price' | 'rate';
  readonly asset: string;
  readonly quote: 'USD' | 'ETH';
  /** Oldest first. */
  readonly points: readonly { readonly at: number; readonly value: bigint }[];
}

const DAY_MS = 86_400_000;
export const SAMPLE_DAYS = 730;
const SEED = 0x0ba11a57;

/** How far below its books the market pays, so many days before the end. */
export const SAMPLE_DEPEGS = [
  { asset: 'ezETH', daysBeforeEnd: 412, days: 6, depth: 0.061 },
  { asset: 'rsETH', daysBeforeEnd: 158, days: 11, depth: 0.034 },
] as const;

/** Tokens with what one stands for at the end, and how fast that grows in a year. */
const TOKENS = [
  { asset: 'stETH', rateAtEnd: 1, growth: 0 },
  { asset: 'weETH', rateAtEnd: 1.09, growth: 0.028 },
  { asset: 'ezETH', rateAtEnd: 1.071, growth: 0.027 },
  { asset: 'rsETH', rateAtEnd: 1.064, growth: 0.029 },
] as const;

/** mulberry32: small, seeded, and the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Roughly normal with mean 0 and variance 1: the sum of twelve uniform numbers. */
function drawShock(random: () => number): number {
  let sum = -6;
  for (let count = 0; count < 12; count++) sum += random();
  return sum;
}

function toUnits(value: number, decimals: 8 | 18): bigint {
  // Six significant decimals are plenty for what is invented; the rest is zeros.
  return BigInt(Math.round(value * 1e6)) * 10n ** BigInt(decimals - 6);
}

/** A path that ends at `end` dollars. */
function walk(random: () => number, end: number, volatility: number): number[] {
  const path = [end];
  for (let day = 1; day < SAMPLE_DAYS; day++) {
    const next = path[day - 1] ?? end;
    path.push(next / Math.exp(drawShock(random) * volatility));
  }
  return path.reverse();
}

/** A fall within two days, and a slow way back. */
function discountOf(asset: string, daysBeforeEnd: number): number {
  for (const depeg of SAMPLE_DEPEGS) {
    const day = depeg.daysBeforeEnd - daysBeforeEnd;
    if (depeg.asset !== asset || day < 0 || day >= depeg.days) continue;
    return day === 0 ? depeg.depth * 0.7 : depeg.depth * (1 - (day - 1) / depeg.days);
  }
  return 0;
}

/** All series, ending at `endMs` (the time of the sample's block), one point a day at 00:00 UTC. */
export function makeSampleHistory(endMs: number): SampleSeries[] {
  const random = createRandom(SEED);
  const lastDay = Math.floor(endMs / DAY_MS);
  const timeOf = (index: number): number => (lastDay - (SAMPLE_DAYS - 1 - index)) * DAY_MS;
  const ether = walk(random, 3100, 0.03);
  const bitcoin = walk(random, 88_000, 0.022);
  const dollars = (asset: string, path: readonly number[]): SampleSeries => ({
    kind: 'price',
    asset,
    quote: 'USD',
    points: path.map((value, index) => ({ at: timeOf(index), value: toUnits(value, 8) })),
  });
  const series = [dollars('ETH', ether), dollars('BTC', bitcoin)];
  for (const { asset, rateAtEnd, growth } of TOKENS) {
    const rates = ether.map((_, index) => rateAtEnd * (1 - (growth * (SAMPLE_DAYS - 1 - index)) / 365));
    series.push(
      dollars(
        asset,
        ether.map((price, index) => {
          const noise = drawShock(random) * 0.0006 - 0.0008;
          return price * (rates[index] ?? 1) * (1 + noise) * (1 - discountOf(asset, SAMPLE_DAYS - 1 - index));
        }),
      ),
    );
    if (growth === 0) continue;
    series.push({
      kind: 'rate',
      asset,
      quote: 'ETH',
      points: rates.map((rate, index) => ({ at: timeOf(index), value: toUnits(rate, 18) })),
    });
  }
  return series;
}
