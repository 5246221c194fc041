/**
 * How many paths of a bin get how many candidate faults. Candidates of one path are a Poisson number with the bin's
 * total hazard as mean; the numbers of all paths are drawn at once, by systematic sampling of the Poisson quantiles
 * (one random offset per bin). Each path's count has exactly the Poisson law, and the counts of a bin are spread as
 * evenly as that law allows. So no path costs a draw for its count, a path without candidates costs nothing at all, and
 * paths of one count lie together, which keeps the hot loops free of branches that cannot be predicted.
 */

/** Probabilities below this share of the largest one are taken as zero. */
const NEGLIGIBLE = 1e-20;

export interface CandidateCount {
  readonly candidates: number;
  readonly paths: number;
}

/** Ascending counts; zero only where `keepsEmpty`. `offset`: uniform in [0, 1). */
export function planCandidateCounts(
  mean: number,
  paths: number,
  offset: number,
  keepsEmpty: boolean,
): CandidateCount[] {
  if (mean === 0) return keepsEmpty ? [{ candidates: 0, paths }] : [];
  const { first, probabilities } = poissonLaw(mean);
  const counts: CandidateCount[] = [];
  let cumulated = 0;
  let before = 0;
  for (const [index, probability] of probabilities.entries()) {
    cumulated += probability;
    const isLast = index === probabilities.length - 1;
    // Path j stands at quantile (j + offset) / paths.
    const upTo = isLast ? paths : Math.min(paths, Math.max(before, Math.ceil(paths * cumulated - offset)));
    const candidates = first + index;
    if (upTo > before && (candidates > 0 || keepsEmpty)) counts.push({ candidates, paths: upTo - before });
    before = upTo;
  }
  return counts;
}

/** Poisson probabilities around the mode, scaled to sum to one, so that no mean underflows. */
function poissonLaw(mean: number): { first: number; probabilities: number[] } {
  const mode = Math.floor(mean);
  const below: number[] = [];
  for (let k = mode, p = 1; k > 0; k--) {
    p *= k / mean;
    if (p < NEGLIGIBLE) break;
    below.push(p);
  }
  const above: number[] = [];
  for (let k = mode + 1, p = 1; ; k++) {
    p *= mean / k;
    if (p < NEGLIGIBLE) break;
    above.push(p);
  }
  const raw = [...below.reverse(), 1, ...above];
  const total = raw.reduce((sum, p) => sum + p, 0);
  return { first: mode - below.length, probabilities: raw.map((p) => p / total) };
}
