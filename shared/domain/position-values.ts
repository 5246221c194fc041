/**
 * What a position is worth in three more ways than by its books: on the market, redeemed now, and after the worst that
 * services could take of it. Each rests on inputs of its own, because that is what tells: when a token loses its market,
 * or its redemption closes, its rate may not move at all.
 */
import { z } from 'zod';
import { makeAfterSlashFigure } from './after-slash.ts';
import type { Exposure } from './exposure.ts';
import { ETH_UNIT, figureSchema, sumFigures, type PartialSum } from './figure.ts';
import { makeMarketFigure } from './market-value.ts';
import type { Observation } from './observation.ts';
import { positionSchema, type Position } from './position.ts';
import { makeRedeemableFigure } from './redeem-now.ts';
import { makeValuation } from './valuation.ts';
import type { KnownPrices } from './value-rates.ts';

/** In ETH with 18 decimals, as book value is. */
const positionValuesSchema = z.object({
  /** Amount times what the market last paid for the token; says nothing of how much of it could be sold. */
  marketEth: figureSchema,
  /** What the protocol hands out at once, without a sale and without a wait. */
  redeemableEth: figureSchema,
  /** Book value less the most that services can take of it by today's allocations. */
  afterSlashEth: figureSchema,
});
export type PositionValues = z.infer<typeof positionValuesSchema>;
export type ValueKind = keyof PositionValues;
export const VALUE_KINDS = ['marketEth', 'redeemableEth', 'afterSlashEth'] as const satisfies ValueKind[];

export const valuedPositionSchema = positionSchema.extend({ values: positionValuesSchema });
export type ValuedPosition = z.infer<typeof valuedPositionSchema>;

/** `positions` and `exposure` are of the same observation, `prices` those the positions were valued with. */
export function addValues(
  observation: Observation,
  positions: readonly Position[],
  exposure: Exposure,
  prices: KnownPrices,
): ValuedPosition[] {
  const valuation = makeValuation(observation, prices);
  const exposed = new Map(exposure.positions.map((entry) => [entry.id, entry]));
  return positions.map((position) => ({
    ...position,
    values: {
      marketEth: makeMarketFigure(valuation, position, prices.market ?? {}),
      redeemableEth: makeRedeemableFigure(valuation, position),
      afterSlashEth: makeAfterSlashFigure(position, exposed.get(position.id) ?? null, exposure),
    },
  }));
}

/** Each kind of value added up over the positions of which it is known. */
export function sumValues(positions: readonly ValuedPosition[]): Record<ValueKind, PartialSum> {
  const sum = (kind: ValueKind, name: string): PartialSum =>
    sumFigures(
      { name: `figure.name.${name}`, subject: '', unit: ETH_UNIT },
      positions.map(({ values }) => values[kind]),
    );
  return {
    marketEth: sum('marketEth', 'totalMarketEth'),
    redeemableEth: sum('redeemableEth', 'totalRedeemableEth'),
    afterSlashEth: sum('afterSlashEth', 'totalAfterSlashEth'),
  };
}
