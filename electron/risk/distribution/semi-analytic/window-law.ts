/** A law on some points of a lattice: `values[start + i]` at the point `from + i`, i below `length`. */
export interface WindowLaw {
  readonly values: Float64Array;
  readonly start: number;
  readonly length: number;
  readonly from: number;
}

/** The same in an array of its own. */
export function copyWindow({ values, start, length, from }: WindowLaw): WindowLaw {
  return { values: values.slice(start, start + length), start: 0, length, from };
}
