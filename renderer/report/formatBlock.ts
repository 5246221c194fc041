/** `21,480,112`: a block number, grouped so that it can be read aloud. */
export function formatBlock(number: bigint, locale: string): string {
  return new Intl.NumberFormat(locale).format(number);
}
