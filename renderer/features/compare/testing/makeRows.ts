import type { CatalogObservation, Protocol } from '../../../../shared/domain/catalog.ts';
import { createText } from '../../../../shared/text/text.ts';
import { addScores, buildCompareRows, type CompareRow, type RowOptions } from '../compareRows.ts';
import { makeCatalog } from './makeCatalog.ts';

const { t } = createText();

export function makeRows(
  protocols: readonly Protocol[],
  observations: readonly CatalogObservation[] = [],
  {
    scores = new Map(),
    ...change
  }: Partial<RowOptions> & { readonly scores?: Parameters<typeof addScores>[1] } = {},
): readonly CompareRow[] {
  const options = { positions: [], t, locale: 'en-GB', ...change };
  return addScores(buildCompareRows(makeCatalog(protocols, observations), options), scores);
}
