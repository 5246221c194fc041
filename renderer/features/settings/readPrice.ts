/** What was typed as a price, read. Pure. */
import { USD_UNIT } from '../../../shared/domain/figure.ts';
import { parseDecimal, type ParsedDecimal } from '../../../shared/format/numbers.ts';

type PriceProblem = Extract<ParsedDecimal, { ok: false }>['problem'] | 'zero';

export type TypedPrice =
  { readonly ok: true; readonly price: bigint } | { readonly ok: false; readonly problem: PriceProblem };

/** Dollars for one ETH, with 8 decimals. Whether it is absurdly high the main process says. */
export function readPrice(text: string): TypedPrice {
  const parsed = parseDecimal(text, USD_UNIT.decimals);
  if (!parsed.ok) return parsed;
  return parsed.value === 0n ? { ok: false, problem: 'zero' } : { ok: true, price: parsed.value };
}
