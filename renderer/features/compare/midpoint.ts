/** Of a range: what it is sorted by. */
export function midpoint({ low, high }: { readonly low: number; readonly high: number }): number {
  return (low + high) / 2;
}
