/** Loss laws by listing everything that can happen: an oracle for small books. */
import { normalCdf, normalQuantile } from '../../../math/normal.ts';
import { makeGaussLegendre } from '../../../math/testing/gauss-quadrature.ts';
import type { LinearBook } from '../linear-book.ts';

/** Loss to probability. */
export type BruteLaw = ReadonlyMap<number, number>;

/** The law given the chance of each source, by adding one source after the other to all sums so far. */
function listSums(book: LinearBook, chances: readonly number[]): Map<number, number> {
  let law = new Map([[0, 1]]);
  for (const [i, p] of chances.entries()) {
    const next = new Map<number, number>();
    const add = (loss: number, mass: number) => {
      if (mass > 0) next.set(loss, (next.get(loss) ?? 0) + mass);
    };
    for (const [loss, mass] of law) {
      let given = 0;
      for (let o = book.outcomeStarts[i]!; o < book.outcomeStarts[i + 1]!; o += 1) {
        given += book.outcomeChances[o]!;
        add(loss + book.outcomeLosses[o]!, mass * p * book.outcomeChances[o]!);
      }
      add(loss, mass * (1 - p + p * Math.max(0, 1 - given)));
    }
    law = next;
  }
  return law;
}

/** Points and weights for the factor: Gauss-Legendre on short panels, unlike what the engine uses. */
function listFactorPoints(book: LinearBook): { z: number; weight: number }[] {
  if (book.rho === 0 || !book.isOnFactor.includes(1)) return [{ z: 0, weight: 1 }];
  const gauss = makeGaussLegendre(16);
  const width = Math.min(0.5, 2 * Math.sqrt((1 - book.rho) / book.rho));
  const points = [];
  for (let from = -11; from < 9; from += width) {
    for (let k = 0; k < 16; k += 1) {
      const z = from + (width / 2) * (1 + gauss.positions[k]!);
      const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
      points.push({ z, weight: (width / 2) * gauss.weights[k]! * density });
    }
  }
  return points;
}

/** Exact to about 1e-12 for books of a dozen sources with whole losses. */
export function computeBruteLaw(book: LinearBook): BruteLaw {
  const law = new Map<number, number>();
  const points = listFactorPoints(book);
  const shocks = book.shocks;
  for (let state = 0; state < 2 ** shocks.length; state += 1) {
    const fates = new Map<number, number>();
    let probability = 1;
    for (const [bit, { source, members }] of shocks.entries()) {
      const happens = ((state >> bit) & 1) === 1;
      probability *= happens ? book.probabilities[source]! : 1 - book.probabilities[source]!;
      fates.set(source, happens ? 1 : 0);
      if (happens) for (const member of members) fates.set(member, 1);
    }
    if (probability === 0) continue;
    for (const { z, weight } of points) {
      const chances = Array.from(book.probabilities, (p, i) => {
        const fate = fates.get(i);
        if (fate !== undefined) return fate;
        if (book.isOnFactor[i] === 0 || p === 0 || p === 1) return p;
        return normalCdf((normalQuantile(p) - Math.sqrt(book.rho) * z) / Math.sqrt(1 - book.rho));
      });
      for (const [loss, mass] of listSums(book, chances)) {
        law.set(loss, (law.get(loss) ?? 0) + probability * weight * mass);
      }
    }
  }
  return law;
}

/** E max(L - level, 0): what two laws on different points can be compared by. */
export function computeStopLoss(law: Iterable<readonly [number, number]>, level: number): number {
  let sum = 0;
  for (const [loss, mass] of law) sum += Math.max(0, loss - level) * mass;
  return sum;
}
