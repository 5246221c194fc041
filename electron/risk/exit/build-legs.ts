/** From a path and what is assumed to legs on a calendar: when each begins, how long it takes, on what it rests. */
import {
  RANGE_SLOTS,
  type ExitAssumptions,
  type ExitInput,
  type ExitLeg,
  type ExitStress,
  type NumberRange,
  type RangeSlot,
} from '../../../shared/domain/exit.ts';
import { addTimes, DAY_SECONDS, laterOf, mapSlots, NO_TIME, UNKNOWN_TIME } from './duration.ts';
import { EXIT_FACTS, type ExitFactId } from './exit-facts.ts';
import { findExitPath, type ExitNode, type ExitPath } from './exit-paths.ts';
import type { ExitPosition } from './exit-position.ts';
import { makeValidatorExit } from './validator-exit.ts';

export interface LegContext {
  readonly position: ExitPosition;
  readonly assumptions: ExitAssumptions;
  readonly stress: ExitStress;
  /** Gwei that enters the exit queue together, this position's included. */
  readonly ownGwei: bigint;
}

export interface TimedLegs {
  readonly legs: readonly ExitLeg[];
  /** Seconds until the last one ends. */
  readonly total: NumberRange;
  /** Seconds until the last one ends during which the claim can be slashed. */
  readonly slashable: NumberRange;
}

type Mask = Record<RangeSlot, boolean>;
const ALL_SLOTS: Mask = mapSlots(() => true);

/** The legs of a position whose path is `path`. */
export function buildLegs(path: ExitPath, context: LegContext): TimedLegs {
  const walker = new LegWalker(context);
  const total = walker.walkPath(path, NO_TIME, ALL_SLOTS);
  return { legs: walker.legs, total, slashable: walker.slashable };
}

interface LegParts {
  readonly id: string;
  readonly kind: ExitLeg['kind'];
  readonly protocol: string;
  readonly duration: NumberRange;
  readonly isSlashable: boolean;
  readonly inputs: readonly ExitInput[];
}

/**
 * Goes through the tree with the time at which a node can begin and gives that at which it ends. A slot that is masked
 * does not need the node, and passes through it in no time.
 */
class LegWalker {
  readonly legs: ExitLeg[] = [];
  slashable: NumberRange = NO_TIME;
  readonly #context: LegContext;

  constructor(context: LegContext) {
    this.#context = context;
  }

  walkPath(path: ExitPath, start: NumberRange, mask: Mask): NumberRange {
    const from = path.protocol === null ? start : this.#waitForPause(path.protocol, start, mask, true);
    return this.#walk(path.root, path, from, mask);
  }

  #walk(node: ExitNode, path: ExitPath, start: NumberRange, mask: Mask): NumberRange {
    switch (node.op) {
      case 'fact': {
        const { duration, input } = this.#readFact(node.fact);
        const protocol = path.protocol ?? path.id;
        const leg = { id: node.fact, kind: node.kind, protocol, isSlashable: true };
        return this.#addLeg({ ...leg, duration, inputs: [input] }, start, mask);
      }
      case 'escrow':
        return this.#walkEscrow(node.isRunning === true, start, mask);
      case 'validator-exit': {
        let end = this.#waitForPause('ethereum', start, mask, true);
        const { assumptions, stress, ownGwei } = this.#context;
        for (const leg of makeValidatorExit(assumptions, stress.queueMultiple, ownGwei)) {
          end = this.#addLeg({ ...leg, protocol: 'ethereum' }, end, mask);
        }
        return end;
      }
      case 'unless-covered':
        return this.#walk(node.part, path, start, this.#maskCovered(path, mask));
      case 'path':
        return this.#walkOther(node.path, start, mask);
      case 'underlying': {
        const { underlyingPathId } = this.#context.position;
        return underlyingPathId === null ? start : this.#walkOther(underlyingPathId, start, mask);
      }
      case 'serial':
      case 'parallel':
      case 'unordered':
        return this.#walkParts(node, path, start, mask);
    }
  }

  #walkParts(
    { op, parts }: Extract<ExitNode, { readonly op: 'serial' | 'parallel' | 'unordered' }>,
    path: ExitPath,
    start: NumberRange,
    mask: Mask,
  ): NumberRange {
    let end = start;
    for (const part of parts) {
      const isInTurn = (slot: RangeSlot): boolean =>
        op === 'serial' || (op === 'unordered' && slot === 'high');
      const from = mapSlots((slot) => (isInTurn(slot) ? end[slot] : start[slot]));
      const partEnd = this.#walk(part, path, from, mask);
      const before = end;
      end = mapSlots((slot) => laterOf(before[slot], partEnd[slot]));
    }
    return end;
  }

  #walkOther(pathId: string, start: NumberRange, mask: Mask): NumberRange {
    const path = findExitPath(pathId);
    if (path !== undefined) return this.walkPath(path, start, mask);
    const leg = { id: pathId, kind: 'no-redemption', protocol: pathId, isSlashable: true } as const;
    return this.#addLeg({ ...leg, duration: UNKNOWN_TIME, inputs: [] }, start, mask);
  }

  /** A withdrawal that is queued goes on waiting while withdrawals are paused; only its completion is held up. */
  #walkEscrow(isRunning: boolean, start: NumberRange, mask: Mask): NumberRange {
    const { isSlashable } = this.#context.position;
    const { duration, input } = this.#readFact('eigenlayer-escrow');
    const leg: LegParts = {
      id: 'eigenlayer-escrow',
      kind: 'escrow',
      protocol: 'eigenlayer',
      duration,
      isSlashable,
      inputs: [input],
    };
    if (isRunning) return this.#waitForPause('eigenlayer', this.#addLeg(leg, start, mask), mask, false);
    return this.#addLeg(leg, this.#waitForPause('eigenlayer', start, mask, isSlashable), mask);
  }

  #maskCovered(path: ExitPath, mask: Mask): Mask {
    const coverage = this.#context.assumptions.coverage[path.id] ?? 'unknown';
    const isNeeded: Mask = {
      low: coverage === 'not-covered',
      typical: coverage === 'not-covered' || (coverage === 'unknown' && !path.isTypicallyCovered),
      high: coverage !== 'covered',
    };
    return mapSlots((slot) => mask[slot] && isNeeded[slot]);
  }

  /** A pause is a date: whatever comes before it uses it up. */
  #waitForPause(protocol: string, start: NumberRange, mask: Mask, isSlashable: boolean): NumberRange {
    const pauses = this.#context.stress.pauses.filter(
      (pause) => pause.protocol === protocol || pause.protocol === 'all',
    );
    if (pauses.length === 0) return start;
    const days = pauses.map((pause) => pause.days);
    const until = days.includes(null) ? null : Math.max(...days.map((d) => d ?? 0)) * DAY_SECONDS;
    const duration = mapSlots((slot) => {
      const from = start[slot];
      if (until === null) return null;
      return from === null ? 0 : Math.max(0, until - from);
    });
    const leg: LegParts = {
      id: `pause:${protocol}`,
      kind: 'pause',
      protocol,
      duration,
      isSlashable,
      inputs: [],
    };
    return this.#addLeg(leg, start, mask);
  }

  /** Puts a leg where it begins; one that takes no time in any slot is left out. */
  #addLeg(parts: LegParts, start: NumberRange, mask: Mask): NumberRange {
    const duration = mapSlots((slot) => (mask[slot] ? parts.duration[slot] : 0));
    if (RANGE_SLOTS.every((slot) => duration[slot] === 0)) return start;
    const end = mapSlots((slot) => addTimes(start[slot], duration[slot]));
    const same = this.legs.filter(({ id }) => id === parts.id || id.startsWith(`${parts.id}#`)).length;
    const id = same === 0 ? parts.id : `${parts.id}#${same + 1}`;
    this.legs.push({ ...parts, id, start, duration, inputs: [...parts.inputs] });
    if (parts.isSlashable) {
      const before = this.slashable;
      this.slashable = mapSlots((slot) =>
        duration[slot] === 0 ? before[slot] : laterOf(before[slot], end[slot]),
      );
    }
    return end;
  }

  /** What was read of this position comes before what the user entered, and that before what is published. */
  #readFact(id: ExitFactId): { readonly duration: NumberRange; readonly input: ExitInput } {
    const { unit, value: published, evidence: source } = EXIT_FACTS[id];
    const { position, assumptions } = this.#context;
    const entered = assumptions.overrides[id];
    const known =
      position.readings[id] ??
      (entered === undefined
        ? { value: published, evidence: source }
        : {
            value: entered,
            evidence: { status: 'entered', source: 'entered', asOf: null } as const,
          });
    const input: ExitInput = { id, unit, value: known.value, evidence: known.evidence };
    return { duration: this.#toSeconds(unit, known.value), input };
  }

  #toSeconds(unit: (typeof EXIT_FACTS)[ExitFactId]['unit'], value: NumberRange): NumberRange {
    const { blockSeconds } = this.#context.assumptions;
    return mapSlots((slot) => {
      const count = value[slot];
      if (count === null) return null;
      if (unit === 'days') return count * DAY_SECONDS;
      if (unit === 'blocks') return count * blockSeconds;
      return secondsOfBitcoinBlocks(count, slot);
    });
  }
}

const BITCOIN_BLOCK_SECONDS = 600;
/** 90% of a normal distribution lies within this many standard deviations. */
const SPREAD = 1.645;

/**
 * Bitcoin blocks come at random, ten minutes apart in the mean: n of them take n +- 1.645 sqrt(n) times that in nine
 * cases of ten (Poisson arrivals; that the difficulty adjusts is left out).
 */
function secondsOfBitcoinBlocks(count: number, slot: RangeSlot): number {
  const spread = SPREAD * Math.sqrt(count);
  const sign = { low: -1, typical: 0, high: 1 }[slot];
  return Math.max(0, count + sign * spread) * BITCOIN_BLOCK_SECONDS;
}
