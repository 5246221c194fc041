/** Each source once, in the order met. Pure. */
import { sourcesOf, type Figure } from '../../shared/domain/figure.ts';
import type { Source } from '../../shared/domain/source.ts';

function keyOf(source: Source): string {
  switch (source.kind) {
    case 'chain':
      return `chain ${source.chainId} ${source.block.hash} ${source.address} ${source.call}`;
    case 'bitcoin':
      return `bitcoin ${source.endpoint} ${source.block.hash} ${source.call}`;
    case 'market':
      return `market ${source.provider} ${source.asset} ${source.quote} ${source.at}`;
    case 'user':
      return `user ${source.what} ${source.enteredAt}`;
    case 'sample':
      return `sample ${source.contract} ${source.call}`;
    case 'definition':
      return `definition ${source.why}`;
  }
}

/** The sources a figure rests on, without repetition: two tokens may rest on one rate. */
export function listDistinctSources(figure: Figure): readonly Source[] {
  return [...new Map(sourcesOf(figure).map((source) => [keyOf(source), source])).values()];
}
