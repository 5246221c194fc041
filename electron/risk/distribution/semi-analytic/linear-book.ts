/**
 * A linear book: what each source takes when it has its event is independent of all other events, and losses add up. In
 * columns, so that 20,000 sources are a few arrays. Losses are in one unit of value; chances from 0 to 1.
 */
import { AppError } from '../../../../shared/contract/errors.ts';

export interface LinearBook {
  /** Per source: chance of its event within the horizon, apart from shocks it is a member of. */
  readonly probabilities: Float64Array;
  /** Per source: 1 where it moves with the common factor, else 0. */
  readonly isOnFactor: Uint8Array;
  /** Outcomes of source i are those from `outcomeStarts[i]` to `outcomeStarts[i + 1]`. One more than sources. */
  readonly outcomeStarts: Int32Array;
  readonly outcomeLosses: Float64Array;
  /** Chance of the outcome given the event. Those of a source sum to at most one; in what is missing nothing is lost. */
  readonly outcomeChances: Float64Array;
  /** Correlation of the one-factor model, 0 to below 1. */
  readonly rho: number;
  readonly shocks: readonly LinearShock[];
}

/**
 * Marshall-Olkin shock: when source `source` has its event, so has each of the members, at most once each whatever the
 * number of causes. The source is not on the factor, and is no member itself.
 */
export interface LinearShock {
  readonly source: number;
  readonly members: readonly number[];
}

export interface LinearSource {
  readonly probability: number;
  readonly isOnFactor: boolean;
  readonly outcomes: readonly { readonly loss: number; readonly chance: number }[];
}

function refuse(message: string, help: string): AppError {
  return new AppError('scenario-invalid', message, { help });
}

/** A book in columns. Checked by {@link validateLinearBook}. */
export function makeLinearBook(
  sources: readonly LinearSource[],
  rho: number,
  shocks: readonly LinearShock[] = [],
): LinearBook {
  const outcomes = sources.flatMap((source) => source.outcomes);
  const outcomeStarts = new Int32Array(sources.length + 1);
  for (const [i, source] of sources.entries())
    outcomeStarts[i + 1] = outcomeStarts[i]! + source.outcomes.length;
  const book: LinearBook = {
    probabilities: Float64Array.from(sources, (source) => source.probability),
    isOnFactor: Uint8Array.from(sources, (source) => (source.isOnFactor ? 1 : 0)),
    outcomeStarts,
    outcomeLosses: Float64Array.from(outcomes, (outcome) => outcome.loss),
    outcomeChances: Float64Array.from(outcomes, (outcome) => outcome.chance),
    rho,
    shocks,
  };
  validateLinearBook(book);
  return book;
}

/** The plainest book: each source on the factor, with one loss. The arrays are used, not copied. */
export function makePlainBook(probabilities: Float64Array, losses: Float64Array, rho: number): LinearBook {
  const count = probabilities.length;
  const book: LinearBook = {
    probabilities,
    isOnFactor: new Uint8Array(count).fill(1),
    outcomeStarts: Int32Array.from({ length: count + 1 }, (_, i) => i),
    outcomeLosses: losses,
    outcomeChances: new Float64Array(losses.length).fill(1),
    rho,
    shocks: [],
  };
  validateLinearBook(book);
  return book;
}

/** @throws AppError scenario-invalid, saying which number of which source is none of the model's */
export function validateLinearBook(book: LinearBook): void {
  const { probabilities, isOnFactor, outcomeStarts, outcomeLosses, outcomeChances, rho, shocks } = book;
  const count = probabilities.length;
  if (!(rho >= 0 && rho < 1)) {
    throw refuse(`The correlation ${rho} is outside the model.`, 'Give a number from 0 to below 1.');
  }
  const isComplete =
    isOnFactor.length === count &&
    outcomeStarts.length === count + 1 &&
    outcomeStarts[count] === outcomeLosses.length &&
    outcomeChances.length === outcomeLosses.length;
  if (!isComplete)
    throw refuse('The columns of the book differ in length.', 'Give each source all its figures.');
  for (let i = 0; i < count; i += 1) {
    const p = probabilities[i]!;
    if (!(p >= 0 && p <= 1)) {
      throw refuse(`The probability of source ${i}, ${p}, is no chance.`, 'Give a number from 0 to 1.');
    }
    let sum = 0;
    for (let o = outcomeStarts[i]!; o < outcomeStarts[i + 1]!; o += 1) {
      const loss = outcomeLosses[o]!;
      const chance = outcomeChances[o]!;
      if (!(loss === 0 || (loss >= LEAST_LOSS && loss <= MOST_LOSS))) {
        throw refuse(
          `Source ${i} has a loss of ${loss}.`,
          `Give 0, or losses from ${LEAST_LOSS} to ${MOST_LOSS}.`,
        );
      }
      if (!(chance >= 0 && chance <= 1)) {
        throw refuse(`Source ${i} has an outcome of chance ${chance}.`, 'Give chances from 0 to 1.');
      }
      sum += chance;
    }
    if (sum > 1 + 1e-9) {
      throw refuse(
        `The outcomes of source ${i} have a chance of ${sum} together.`,
        'They are alternatives: at most 1.',
      );
    }
  }
  if (new Set(shocks.map((shock) => shock.source)).size < shocks.length) {
    throw refuse('A source is listed as a shock twice.', 'List each shock once, with all its members.');
  }
  for (const { source, members } of shocks) {
    for (const row of [source, ...members]) {
      if (Number.isInteger(row) && row >= 0 && row < count) continue;
      throw refuse(`A shock names source ${row}, which the book does not have.`, 'Name rows of the book.');
    }
    if (
      isOnFactor[source] === 1 ||
      members.includes(source) ||
      shocks.some((other) => other.members.includes(source))
    ) {
      throw refuse(
        `Source ${source} is a shock and moves with others.`,
        'A shock is on no factor and no member.',
      );
    }
  }
}

/** Far from the ends of the doubles, so that sums and squares of losses and steps of a lattice are none of them. */
const LEAST_LOSS = 1e-100;
const MOST_LOSS = 1e100;

/** Mean loss of a source given its event. */
export function findMeanOutcome(book: LinearBook, source: number): number {
  let mean = 0;
  for (let o = book.outcomeStarts[source]!; o < book.outcomeStarts[source + 1]!; o += 1) {
    mean += book.outcomeLosses[o]! * book.outcomeChances[o]!;
  }
  return mean;
}

/** Largest loss a source can cause: of the outcomes that have a chance. */
export function findMostOutcome(book: LinearBook, source: number): number {
  let most = 0;
  for (let o = book.outcomeStarts[source]!; o < book.outcomeStarts[source + 1]!; o += 1) {
    if (book.outcomeChances[o]! > 0) most = Math.max(most, book.outcomeLosses[o]!);
  }
  return most;
}

/** Chance of each source's event, through its own cause or through a shock it is a member of. */
export function computeEventProbabilities(book: LinearBook): Float64Array {
  const without = Float64Array.from(book.probabilities, (p) => 1 - p);
  const probabilities = Float64Array.from(book.probabilities);
  for (const { source, members } of book.shocks) {
    const q = book.probabilities[source]!;
    for (const member of new Set(members)) {
      probabilities[member]! += q * without[member]!;
      without[member]! *= 1 - q;
    }
  }
  return probabilities;
}

/**
 * Expected loss of the book, exactly: the sum over sources of the chance of their event times their mean loss. No
 * correlation and no shock changes a mean but through the chance of the event.
 */
export function computeExpectedLoss(book: LinearBook): number {
  const probabilities = computeEventProbabilities(book);
  let sum = 0;
  let error = 0;
  for (let i = 0; i < probabilities.length; i += 1) {
    // Kahan's sum: 20,000 terms, of which the identity holds to 1e-12.
    const term = probabilities[i]! * findMeanOutcome(book, i) - error;
    const next = sum + term;
    error = next - sum - term;
    sum = next;
  }
  return sum;
}
