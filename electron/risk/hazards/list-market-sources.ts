/**
 * Market discounts. They are prices, not losses: whoever holds until redemption loses nothing. Never add them to realised
 * losses; they are in a model only where it was asked for.
 */
import type { HazardClassId } from '../../../shared/domain/hazards.ts';
import type { Strike } from '../distribution/loss-model.ts';
import {
  makeSource,
  nameSource,
  probabilityOf,
  type ModelSource,
  type SourceContext,
} from './model-source.ts';
import { joinEvents } from './residual-correlation.ts';

export interface MarketOptions {
  /** Symbols of tokens that have a market price. */
  readonly tokens: ReadonlySet<string>;
  /** Those of them that cannot be redeemed now. */
  readonly shut: ReadonlySet<string>;
}

/** One event per class, which each token joins with the chance that the file gives for "another token". */
export function listMarketSources(context: SourceContext, { tokens, shut }: MarketOptions): ModelSource[] {
  const isOpen = (token: string): boolean => tokens.has(token) && !shut.has(token);
  const isShut = (token: string): boolean => tokens.has(token) && shut.has(token);
  return [
    ...describeMarket(context, 'market_discount_open', isOpen),
    ...describeMarket(context, 'market_discount_closed', isShut),
  ];
}

function describeMarket(
  context: SourceContext,
  classId: HazardClassId,
  isStruck: (token: string) => boolean,
): ModelSource[] {
  const { book, years, values, names } = context;
  const sourceId = nameSource(classId, 'market');
  const byToken = Map.groupBy(values.positions.keys(), (index) => values.positions[index]!.token);
  const struck = [...byToken].filter(([token]) => isStruck(token));
  if (struck.length === 0) return [];
  const terms = book.termsOf(classId, sourceId);
  const { probability, joinChance } = joinEvents(
    probabilityOf(terms.ratePerYear, years),
    book.residualOf(classId),
  );
  const strikes = struck.map(([token, positions]): Strike => {
    const dependencyId = `market:${token}`;
    names.set(dependencyId, token);
    return {
      operatorId: null,
      serviceId: null,
      dependencyId,
      chance: joinChance,
      severity: terms.severity,
      combine: 'multiplies',
      hits: positions.map((position) => ({ position, share: 1 })),
    };
  });
  return [
    makeSource(
      {
        sourceId,
        label: terms.hazard.name,
        kind: 'dependency',
        terms,
        mapping: 'joined',
        probability,
        isOnFactor: false,
        isSeverityCommon: false,
        strikes,
      },
      values.positions,
    ),
  ];
}
