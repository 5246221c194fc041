/** What moved each holding, and each group of them, from the first snapshot of a range to the last. */
import { addParts, attributeStep, type Moment } from './attribute-change.ts';
import type { AttributionParts, AttributionRow, HistoryBasis, HistorySubject } from './history-view.ts';
import type { GapReason } from './snapshot.ts';
import {
  stateOfHolding,
  valueOfHolding,
  type Holding,
  type IndexedSnapshot,
  type Quote,
} from './value-holdings.ts';

/** A snapshot with the price of its moment in the currency asked for. */
export interface QuotedSnapshot {
  readonly indexed: IndexedSnapshot;
  readonly quote: Quote | GapReason;
}

type HoldingChange = Omit<AttributionRow, 'id' | 'subject' | 'leftOut'>;

/**
 * Step by step through every snapshot in which the holding is known, so that rewards are counted on what was there at the
 * time. Null where it was not watched at either end.
 */
export function attributeHolding(
  holding: Holding,
  snapshots: readonly QuotedSnapshot[],
  basis: HistoryBasis,
): HoldingChange | null {
  const first = snapshots[0];
  const last = snapshots.at(-1);
  if (!first || !last) return null;
  const before = valueIn(holding, first, basis);
  const after = valueIn(holding, last, basis);
  if (before === 'not-watched' && after === 'not-watched') return null;
  if (typeof before === 'string' || typeof after === 'string') {
    const why = typeof before === 'string' ? before : typeof after === 'string' ? after : null;
    return { before: knownOf(before), after: knownOf(after), parts: null, why };
  }
  const steps: AttributionParts[] = [];
  let from: Moment | null = null;
  for (const quoted of snapshots) {
    const to = momentOf(holding, quoted);
    if (to === null) continue;
    if (from === null) {
      from = to;
      continue;
    }
    const step = attributeStep(holding, from, to, basis);
    // A time without a market price is passed over: the next step reaches from before it to after it.
    if (typeof step === 'string') continue;
    steps.push(step);
    from = to;
  }
  return { before, after, parts: addParts(steps), why: null };
}

function knownOf(value: bigint | GapReason): bigint | null {
  return typeof value === 'string' ? null : value;
}

function valueIn(
  holding: Holding,
  { indexed, quote }: QuotedSnapshot,
  basis: HistoryBasis,
): bigint | GapReason {
  // Nothing is worth nothing at any price, but a change cannot begin or end where there is none.
  const value = valueOfHolding(holding, stateOfHolding(holding, indexed), quote, basis);
  return typeof value !== 'string' && typeof quote === 'string' ? quote : value;
}

function momentOf(holding: Holding, { indexed, quote }: QuotedSnapshot): Moment | null {
  if (typeof quote === 'string') return null;
  const state = stateOfHolding(holding, indexed);
  return state.isKnown ? { state, quote } : null;
}

/** Rows of holdings as one row: those not known at both ends are in none of its numbers, and counted. */
export function joinRows(
  id: string,
  subject: HistorySubject,
  rows: readonly HoldingChange[],
): AttributionRow {
  const known = rows.flatMap(({ before, after, parts }) =>
    before === null || after === null || parts === null ? [] : [{ before, after, parts }],
  );
  const leftOut = rows.length - known.length;
  if (known.length === 0 && leftOut > 0) {
    const why = rows.find((row) => row.why !== null)?.why ?? 'input-unknown';
    return { id, subject, before: null, after: null, parts: null, why, leftOut };
  }
  const sum = (pick: (row: (typeof known)[number]) => bigint | null): bigint =>
    known.reduce((total, row) => total + (pick(row) ?? 0n), 0n);
  const areAllMixed = known.length > 0 && known.every(({ parts }) => parts.flows === null);
  return {
    id,
    subject,
    before: sum(({ before }) => before),
    after: sum(({ after }) => after),
    parts: {
      flows: areAllMixed ? null : sum(({ parts }) => parts.flows),
      rewards: areAllMixed ? null : sum(({ parts }) => parts.rewards),
      price: sum(({ parts }) => parts.price),
      mixed: sum(({ parts }) => parts.mixed),
      isEstimate: known.some(({ parts }) => parts.isEstimate),
    },
    why: null,
    leftOut,
  };
}
