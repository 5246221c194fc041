/** Arithmetic of ranges of time. Null is unknown or never: it swallows a sum, and is later than any number. */
import { RANGE_SLOTS, type NumberRange, type RangeSlot } from '../../../shared/domain/exit.ts';

export const DAY_SECONDS = 86_400;

export const NO_TIME: NumberRange = { low: 0, typical: 0, high: 0 };
export const UNKNOWN_TIME: NumberRange = { low: null, typical: null, high: null };

/** One range from one function of the slot. */
export function mapSlots<T>(make: (slot: RangeSlot) => T): Record<RangeSlot, T> {
  return { low: make('low'), typical: make('typical'), high: make('high') };
}

export function exactly(value: number): NumberRange {
  return { low: value, typical: value, high: value };
}

export function scaleRange(range: NumberRange, factor: number): NumberRange {
  return mapSlots((slot) => {
    const value = range[slot];
    return value === null ? null : value * factor;
  });
}

/** The sum; null where either is. */
export function addTimes(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** The later; null where either is. */
export function laterOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

/** Whether low <= typical <= high, with null after every number, and no number below zero or not finite. */
export function isRange(range: NumberRange): boolean {
  let last = 0;
  for (const slot of RANGE_SLOTS) {
    const value = range[slot] ?? Infinity;
    if (range[slot] !== null && !Number.isFinite(range[slot])) return false;
    if (!(value >= last)) return false;
    last = value;
  }
  return true;
}
