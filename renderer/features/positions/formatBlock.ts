import { formatValue } from '../../../shared/format/numbers.ts';
import { BLOCK_UNIT } from '../../../shared/domain/figure.ts';

/** `21,480,112`. */
export function formatBlock(number: bigint, locale: string): string {
  return formatValue(number, BLOCK_UNIT, { locale, isBare: true });
}
