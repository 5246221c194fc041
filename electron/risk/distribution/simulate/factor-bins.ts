/**
 * The common factor, cut into bins. Paths are spread over the bins by probability (stratification), so the factor adds
 * next to no noise, and within a narrow bin conditional probabilities hardly move, so next to no candidate has to be
 * thinned out.
 *
 * Bins are intervals of u = Phi(z); low u is the bad end, where every conditional probability is highest. Two in
 * five edges cut the factor's own law into equal parts; the others cut the law tilted towards the bad end, under which
 * the faults themselves are spread evenly (a factor tilted by exp(-slope z) is a normal one moved by -slope). The worst
 * bin is cut again into geometrically smaller ones.
 */
import { normalCdf, normalQuantile } from '../../math/normal.ts';

const TAIL_BINS = 24;
/** Share of the edges that follow the tilted law. */
const TILTED = 0.6;
/** Stands for u = 0, whose factor would be infinite; what lies below it has less weight than a rounding error. */
const LEAST_U = 2 ** -60;

export interface FactorBin {
  /** Bounds of u = Phi(z), uLow < uHigh. */
  readonly uLow: number;
  readonly uHigh: number;
  /** Factor at the bounds. Conditional probabilities are highest at zLow. */
  readonly zLow: number;
  readonly zHigh: number;
  /** Paths in the bin, at least one. Each stands for (uHigh - uLow) / paths of the whole. */
  readonly paths: number;
}

/**
 * `proportional`: paths by probability, every path with the same weight (but in bins too small for one).
 * `tail`: in proportion to u^-1/2, weighted back; far less noise in the expected shortfall, more faults per path.
 */
export type Allocation = 'proportional' | 'tail';

export interface BinRequest {
  readonly rho: number;
  readonly paths: number;
  readonly allocation: Allocation;
  /** Bins to cut, without those of the tail. */
  readonly count: number;
  /** Slope of the log of the total hazard over -z, about where faults happen. */
  readonly slope: number;
}

/** From the worst bin up. Without correlation one bin holds all, because nothing depends on the factor. */
export function planFactorBins({ rho, paths, allocation, count, slope }: BinRequest): FactorBin[] {
  const edges = rho > 0 ? listEdges(count, slope) : [0, 1];
  const shares = edges.slice(1).map((high, index) => shareOfBin(edges[index]!, high, allocation));
  const total = shares.reduce((sum, share) => sum + share, 0);
  // Cumulative rounding: the bins together hold as many paths as were asked for, but for the bins raised to one.
  let before = 0;
  let cumulated = 0;
  return shares.map((share, index) => {
    cumulated += share;
    const upTo = Math.round((paths * cumulated) / total);
    const own = Math.max(1, upTo - before);
    before = upTo;
    const uLow = edges[index]!;
    const uHigh = edges[index + 1]!;
    return { uLow, uHigh, zLow: factorAt(uLow), zHigh: factorAt(uHigh), paths: own };
  });
}

/** Phi^-1(u), held within bounds beyond which there is no weight. */
export function factorAt(u: number): number {
  if (u <= LEAST_U) return normalQuantile(LEAST_U);
  return u >= 1 ? -normalQuantile(LEAST_U) : normalQuantile(u);
}

function listEdges(count: number, slope: number): number[] {
  const tilted = Math.round(count * TILTED);
  const plain = count - tilted;
  const factors: number[] = [];
  for (let i = 1; i < plain; i++) factors.push(normalQuantile(i / plain));
  for (let i = 1; i < tilted; i++) factors.push(normalQuantile(i / tilted) - slope);
  const inner = factors.map(normalCdf).filter((u) => u > LEAST_U && u < 1);
  const unique = [...new Set(inner)].sort((a, b) => a - b);
  const worst = unique[0] ?? 1;
  const tail = Array.from({ length: TAIL_BINS }, (_, i) => worst * 2 ** (i - TAIL_BINS));
  return [0, ...tail, ...unique, 1];
}

/** Integral over the bin of 1, or of u^-1/2. */
function shareOfBin(low: number, high: number, allocation: Allocation): number {
  return allocation === 'tail' ? Math.sqrt(high) - Math.sqrt(low) : high - low;
}
