/**
 * Who the expected loss and the expected shortfall are charged to. The shortfall is the mean of the losses beyond the
 * value at risk; charging each of those paths to its positions and strikes and averaging gives parts that sum to it
 * exactly (Euler's allocation of a coherent measure, as Tasche 1999, on the simulated paths).
 */
import type { Attribution } from '../../../../shared/domain/loss-distribution.ts';
import { createWork, type RunHooks } from '../../work.ts';
import type { EventTape } from '../simulate/event-tape.ts';
import type { Book } from '../book.ts';
import { createEvaluator } from './evaluate-path.ts';
import type { TailPaths } from './tail-paths.ts';
import { walkPaths } from './tape-losses.ts';

/** Mean loss, and mean loss of the tail, by strike and by position. */
interface Charges {
  readonly strikeMean: Float64Array;
  readonly strikeTail: Float64Array;
  readonly positionMean: Float64Array;
  readonly positionTail: Float64Array;
}

/** `tailPaths`: every path that loses `valueAtRisk` or more is among them. @throws AppError cancelled */
export function attributeLosses(
  tape: EventTape,
  book: Book,
  tailPaths: TailPaths,
  level: number,
  valueAtRisk: number,
  hooks: RunHooks = {},
): Attribution[] {
  const share = splitAtom(tape, tailPaths, level, valueAtRisk);
  const charges = book.isAdditive
    ? chargeAdditive(tape, book, tailPaths, valueAtRisk, share)
    : chargePaths(tape, book, valueAtRisk, share, hooks);
  const tail = 1 - level;
  for (let k = 0; k < charges.strikeTail.length; k++) charges.strikeTail[k]! /= tail;
  for (let p = 0; p < charges.positionTail.length; p++) charges.positionTail[p]! /= tail;
  return groupCharges(book, charges);
}

/** The share of paths exactly at the value at risk that belongs to the tail, so that the tail weighs 1 - level. */
function splitAtom(
  tape: EventTape,
  { losses, groups }: TailPaths,
  level: number,
  valueAtRisk: number,
): number {
  let beyond = 0;
  let at = 0;
  for (const [i, loss] of losses.entries()) {
    const { weight } = tape.groups[groups[i]!]!;
    if (loss > valueAtRisk) beyond += weight;
    else if (loss === valueAtRisk) at += weight;
  }
  return at > 0 ? Math.min(1, Math.max(0, (1 - level - beyond) / at)) : 0;
}

/** How much of a path is in the tail. */
function weighInTail(loss: number, valueAtRisk: number, share: number): number {
  return loss > valueAtRisk ? 1 : loss === valueAtRisk ? share : 0;
}

/** In an additive book a source takes the same on every path: counting how often it happens is enough. */
function chargeAdditive(
  tape: EventTape,
  book: Book,
  tailPaths: TailPaths,
  valueAtRisk: number,
  share: number,
): Charges {
  const { groups, rows, certain, sourceCount } = tape;
  const { losses } = tape.room;
  const inTail = new Float64Array(sourceCount + 1);
  let tailWeight = 0;
  for (let i = 0; i < tailPaths.paths.length; i++) {
    const { width, rowStart, pathStart, weight } = groups[tailPaths.groups[i]!]!;
    const part = weighInTail(tailPaths.losses[i]!, valueAtRisk, share) * weight;
    if (part === 0) continue;
    tailWeight += part;
    const at = rowStart + (tailPaths.paths[i]! - pathStart) * width;
    for (let j = at; j < at + width; j++) inTail[rows[j]!]! += part;
  }
  visitExtras(tape, (path, weight, source) => {
    inTail[source]! += weighInTail(losses[path]!, valueAtRisk, share) * weight;
  });
  for (const source of certain) inTail[source]! += tailWeight;
  return spreadCounts(book, countSources(tape), inTail);
}

function visitExtras(tape: EventTape, visit: (path: number, weight: number, source: number) => void): void {
  const { groups, extras } = tape;
  let group = 0;
  for (let i = 0; i < extras.paths.length; i++) {
    const path = extras.paths[i]!;
    while (groups[group]!.pathStart + groups[group]!.paths <= path) group++;
    for (let at = extras.starts[i]!; at < extras.starts[i + 1]!; at++) {
      visit(path, groups[group]!.weight, extras.rows[at]!);
    }
  }
}

/** With which probability each source happens on the tape. It is the tape's own, whatever the book: counted once. */
function countSources(tape: EventTape): Float64Array {
  const { groups, certain, room } = tape;
  const { kernel, rowsAt, counts, countsAt } = room;
  if (!Number.isNaN(counts[0]!)) return counts;
  counts.fill(0);
  let stored = 0;
  for (const { width, paths, rowStart, weight } of groups) {
    kernel.countRows(rowsAt + 2 * rowStart, width * paths, weight, countsAt);
    stored += paths * weight;
  }
  visitExtras(tape, (_path, weight, source) => {
    counts[source]! += weight;
  });
  for (const source of certain) counts[source]! += stored;
  return counts;
}

function spreadCounts(book: Book, all: Float64Array, inTail: Float64Array): Charges {
  const { sourceCount, strikeStart, hitStart, hitPosition, hitShare, levels, levelStart, values } = book;
  const charges = createCharges(book);
  for (let source = 0; source < sourceCount; source++) {
    for (let k = strikeStart[source]!; k < strikeStart[source + 1]!; k++) {
      const level = levels[levelStart[k]!]!;
      for (let h = hitStart[k]!; h < hitStart[k + 1]!; h++) {
        const position = hitPosition[h]!;
        const taken = hitShare[h]! * level * values[position]!;
        charges.strikeMean[k]! += taken * all[source]!;
        charges.strikeTail[k]! += taken * inTail[source]!;
        charges.positionMean[position]! += taken * all[source]!;
        charges.positionTail[position]! += taken * inTail[source]!;
      }
    }
  }
  return charges;
}

function createCharges(book: Book): Charges {
  return {
    strikeMean: new Float64Array(book.strikeChance.length),
    strikeTail: new Float64Array(book.strikeChance.length),
    positionMean: new Float64Array(book.values.length),
    positionTail: new Float64Array(book.values.length),
  };
}

function chargePaths(
  tape: EventTape,
  book: Book,
  valueAtRisk: number,
  share: number,
  hooks: RunHooks,
): Charges {
  const { losses } = tape.room;
  const charges = createCharges(book);
  const work = createWork(Math.max(1, tape.groups.length), hooks);
  walkPaths(
    tape,
    createEvaluator(book, tape.seed),
    work,
    (_path, { total, touched, byPosition, strikes, byStrike }, weight) => {
      const part = weighInTail(total, valueAtRisk, share) * weight;
      for (const position of touched) {
        charges.positionMean[position]! += byPosition[position]! * weight;
        charges.positionTail[position]! += byPosition[position]! * part;
      }
      for (const k of strikes) {
        charges.strikeMean[k]! += byStrike[k]! * weight;
        charges.strikeTail[k]! += byStrike[k]! * part;
      }
    },
    (path) => losses[path]! > 0,
  );
  return charges;
}

/** Strikes and positions summed by every dimension; largest share of the tail first. */
function groupCharges({ model }: Book, charges: Charges): Attribution[] {
  const strikes = model.sources.flatMap((source) => source.strikes);
  const byStrike = (idOf: (strike: (typeof strikes)[number]) => string | null) =>
    sumById(strikes.map(idOf), charges.strikeMean, charges.strikeTail);
  const byPosition = (ids: string[]) => sumById(ids, charges.positionMean, charges.positionTail);
  return [
    { dimension: 'position', rows: byPosition(model.positions.map(({ id }) => id)) },
    { dimension: 'token', rows: byPosition(model.positions.map(({ token }) => token)) },
    { dimension: 'operator', rows: byStrike(({ operatorId }) => operatorId) },
    { dimension: 'service', rows: byStrike(({ serviceId }) => serviceId) },
    { dimension: 'dependency', rows: byStrike(({ dependencyId }) => dependencyId) },
  ];
}

function sumById(
  ids: readonly (string | null)[],
  mean: Float64Array,
  tail: Float64Array,
): Attribution['rows'] {
  const rows = new Map<string | null, { expectedLoss: number; expectedShortfall: number }>();
  for (const [index, id] of ids.entries()) {
    const row = rows.get(id) ?? { expectedLoss: 0, expectedShortfall: 0 };
    row.expectedLoss += mean[index]!;
    row.expectedShortfall += tail[index]!;
    rows.set(id, row);
  }
  return [...rows]
    .map(([id, row]) => ({ id, ...row }))
    .filter(({ expectedLoss, expectedShortfall }) => expectedLoss > 0 || expectedShortfall > 0)
    .sort((a, b) => b.expectedShortfall - a.expectedShortfall || b.expectedLoss - a.expectedLoss);
}
