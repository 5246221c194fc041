/**
 * The sources of a book as the recursion reads them, under one state of the shocks. Sources of equal probability form a
 * class, because everything that depends on the factor is the same for all of a class.
 */
import { normalQuantile } from '../../math/normal.ts';
import type { LinearBook } from './linear-book.ts';

/** What the state of the shocks leaves of a source: its own chance, certainty, or no part in this sum. */
export const OWN_CHANCE = 0;
export const CERTAIN = 1;
export const ABSENT = 2;

export interface SourceTable {
  /** Per class, constant ones first, then by rising probability. */
  readonly classChances: Float64Array;
  /** Phi^-1 of the probability. */
  readonly classThresholds: Float64Array;
  /** The first so many classes do not move with the factor. */
  readonly constantClasses: number;
  /** Rows of class g are those from `classStarts[g]` to `classStarts[g + 1]`. */
  readonly classStarts: Int32Array;
  /** Sums over the rows of a class: mean loss given the event, mean squared loss, squared mean loss. */
  readonly classMeans: Float64Array;
  readonly classSquares: Float64Array;
  readonly classSelves: Float64Array;
  readonly rowClasses: Int32Array;
  /** Outcomes of a row above zero, by rising loss. */
  readonly outcomeStarts: Int32Array;
  readonly outcomeLosses: Float64Array;
  readonly outcomeChances: Float64Array;
  /** Per row: chance that the event takes nothing. */
  readonly rowNothings: Float64Array;
  /** Per class: whether the event of any of its rows may take nothing. */
  readonly classHasNothing: Uint8Array;
  readonly rowMosts: Float64Array;
  /** The rows that can lose most, by falling loss, at most {@link MOST_LARGEST}. */
  readonly largestRows: readonly number[];
  /** Loss of what is certain and has one outcome: an addition to every loss. */
  readonly certainLoss: number;
}

const MOST_LARGEST = 40;

/** Found once per book: a table is built for every state of its shocks. */
const orders = new WeakMap<LinearBook, Int32Array>();

/**
 * The sources by what they take, so that the law does not depend on the order of the book: on the lattice it decides on which
 * point a mass lies. Sources that take the same are interchangeable.
 */
function orderSources(book: LinearBook): Int32Array {
  const known = orders.get(book);
  if (known) return known;
  const { outcomeStarts, outcomeLosses, outcomeChances } = book;
  const compare = (a: number, b: number): number => {
    const [first, second] = [outcomeStarts[a]!, outcomeStarts[b]!];
    const length = outcomeStarts[a + 1]! - first;
    if (length !== outcomeStarts[b + 1]! - second) return length - (outcomeStarts[b + 1]! - second);
    for (let o = 0; o < length; o += 1) {
      const difference =
        outcomeLosses[first + o]! - outcomeLosses[second + o]! ||
        outcomeChances[first + o]! - outcomeChances[second + o]!;
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const order = Int32Array.from(book.probabilities, (_, source) => source).sort(compare);
  orders.set(book, order);
  return order;
}

/** Rows of the book that take part, grouped. `fates` has one of the constants above per source. */
export function buildSourceTable(book: LinearBook, fates: Uint8Array): SourceTable {
  const rows: number[] = [];
  const classOfRow: number[] = [];
  const constantClasses = new Map<number, number>();
  const factorClasses = new Map<number, number>();
  let certainLoss = 0;
  for (const source of orderSources(book)) {
    if (fates[source] === ABSENT) continue;
    const p = fates[source] === CERTAIN ? 1 : book.probabilities[source]!;
    if (p === 0) continue;
    const first = book.outcomeStarts[source]!;
    const end = book.outcomeStarts[source + 1]!;
    if (p === 1 && end === first + 1 && book.outcomeChances[first] === 1) {
      certainLoss += book.outcomeLosses[first]!;
      continue;
    }
    let isLosing = false;
    for (let o = first; o < end; o += 1) {
      if (book.outcomeLosses[o]! > 0 && book.outcomeChances[o]! > 0) isLosing = true;
    }
    if (!isLosing) continue;
    const isConstant = book.isOnFactor[source] === 0 || book.rho === 0 || p === 1;
    const classes = isConstant ? constantClasses : factorClasses;
    if (!classes.has(p)) classes.set(p, classes.size);
    rows.push(source);
    classOfRow.push(isConstant ? classes.get(p)! : -1 - classes.get(p)!);
  }
  return fillTable(book, rows, classOfRow, constantClasses, factorClasses, certainLoss);
}

/** Chances of a map's classes by rising chance, and each class's place in that order. */
function sortClasses(classes: ReadonlyMap<number, number>): { chances: Float64Array; places: Int32Array } {
  const chances = Float64Array.from(classes.keys()).sort();
  const places = new Int32Array(chances.length);
  for (let place = 0; place < chances.length; place += 1) places[classes.get(chances[place]!)!] = place;
  return { chances, places };
}

function fillTable(
  book: LinearBook,
  sources: readonly number[],
  classOfRow: readonly number[],
  constantMap: ReadonlyMap<number, number>,
  factorMap: ReadonlyMap<number, number>,
  certainLoss: number,
): SourceTable {
  const constants = sortClasses(constantMap);
  const factors = sortClasses(factorMap);
  const constantClasses = constants.chances.length;
  const classCount = constantClasses + factors.chances.length;
  const classChances = new Float64Array(classCount);
  classChances.set(constants.chances);
  classChances.set(factors.chances, constantClasses);

  const classes = Int32Array.from(classOfRow, (id) =>
    id >= 0 ? constants.places[id]! : constantClasses + factors.places[-1 - id]!,
  );
  const classStarts = new Int32Array(classCount + 1);
  for (const g of classes) classStarts[g + 1]! += 1;
  for (let g = 0; g < classCount; g += 1) classStarts[g + 1]! += classStarts[g]!;
  const next = classStarts.slice();
  const order = new Int32Array(sources.length);
  for (let i = 0; i < sources.length; i += 1) {
    const g = classes[i]!;
    order[next[g]!] = sources[i]!;
    next[g]! += 1;
  }

  const rowCount = order.length;
  const table = {
    classChances,
    classThresholds: classChances.map(normalQuantile),
    constantClasses,
    classStarts,
    classMeans: new Float64Array(classCount),
    classSquares: new Float64Array(classCount),
    classSelves: new Float64Array(classCount),
    rowClasses: new Int32Array(rowCount),
    outcomeStarts: new Int32Array(rowCount + 1),
    outcomeLosses: new Float64Array(book.outcomeLosses.length),
    outcomeChances: new Float64Array(book.outcomeLosses.length),
    rowNothings: new Float64Array(rowCount),
    classHasNothing: new Uint8Array(classCount),
    rowMosts: new Float64Array(rowCount),
    certainLoss,
  };
  for (let g = 0; g < classCount; g += 1) {
    for (let row = classStarts[g]!; row < classStarts[g + 1]!; row += 1) {
      table.rowClasses[row] = g;
      copyOutcomes(book, order[row]!, table, row);
      let mean = 0;
      let square = 0;
      for (let o = table.outcomeStarts[row]!; o < table.outcomeStarts[row + 1]!; o += 1) {
        const part = table.outcomeLosses[o]! * table.outcomeChances[o]!;
        mean += part;
        square += part * table.outcomeLosses[o]!;
      }
      table.classMeans[g]! += mean;
      table.classSquares[g]! += square;
      table.classSelves[g]! += mean * mean;
      if (table.rowNothings[row]! > 0) table.classHasNothing[g] = 1;
    }
  }
  return { ...table, largestRows: findLargest(table.rowMosts) };
}

/** Outcomes above zero of a source, by rising loss, behind those of the row before. */
function copyOutcomes(
  book: LinearBook,
  source: number,
  table: Pick<SourceTable, 'outcomeStarts' | 'outcomeLosses' | 'outcomeChances' | 'rowNothings' | 'rowMosts'>,
  row: number,
): void {
  const begin = table.outcomeStarts[row]!;
  let end = begin;
  let chances = 0;
  for (let o = book.outcomeStarts[source]!; o < book.outcomeStarts[source + 1]!; o += 1) {
    const loss = book.outcomeLosses[o]!;
    const chance = book.outcomeChances[o]!;
    if (loss === 0 || chance === 0) continue;
    chances += chance;
    let at = end;
    while (at > begin && table.outcomeLosses[at - 1]! > loss) {
      table.outcomeLosses[at] = table.outcomeLosses[at - 1]!;
      table.outcomeChances[at] = table.outcomeChances[at - 1]!;
      at -= 1;
    }
    table.outcomeLosses[at] = loss;
    table.outcomeChances[at] = chance;
    end += 1;
  }
  table.outcomeStarts[row + 1] = end;
  table.rowMosts[row] = table.outcomeLosses[end - 1]!;
  // Chances written as decimals sum to one but for roundings.
  table.rowNothings[row] = chances > 1 - 1e-12 ? 0 : 1 - chances;
}

function findLargest(mosts: Float64Array): number[] {
  const largest: number[] = [];
  for (let row = 0; row < mosts.length; row += 1) {
    const most = mosts[row]!;
    if (largest.length === MOST_LARGEST && most <= mosts[largest[MOST_LARGEST - 1]!]!) continue;
    let at = largest.length;
    while (at > 0 && mosts[largest[at - 1]!]! < most) at -= 1;
    largest.splice(at, 0, row);
    if (largest.length > MOST_LARGEST) largest.pop();
  }
  return largest;
}
