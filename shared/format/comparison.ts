/** What a comparison of products rests on, in words: one wording for the page and the command line. */
import type { ComparisonAssumption } from '../domain/product-comparison.ts';
import type { Translate } from '../text/text.ts';

/** "All of it rests on Lido: the part is not published." */
export function describeComparisonAssumption({ key, values }: ComparisonAssumption, t: Translate): string {
  // `as`: each sentence has other parameters, and the assumption carries those of its own.
  return t(`comparison.assumption.${key}` as 'comparison.assumption.bridged', { name: '', ...values });
}
