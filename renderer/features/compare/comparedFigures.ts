/** The figures of a comparison by simulation, a row each, from calm to stressed. Pure. */
import type { Estimate } from '../../../shared/domain/loss-distribution.ts';
import type { ComparedFigures, ProductComparison } from '../../../shared/domain/product-comparison.ts';

export const COMPARED_FIGURES = ['expectedLoss', 'expectedShortfall', 'maximum', 'lossProbability'] as const;
type ComparedFigureId = (typeof COMPARED_FIGURES)[number];

interface SharesRange {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

/** Of one product: lowest and highest of the three sets, with the base case between them. */
export function readShares(
  comparison: ProductComparison,
  productId: string,
  id: ComparedFigureId,
): SharesRange | null {
  const product = comparison.products.find((one) => one.productId === productId);
  const base = comparison.sets
    .find(({ set }) => set === 'base')
    ?.products.find((one) => one.productId === productId);
  if (product === undefined || base === undefined) return null;
  const { low, high } = product[id];
  return { low, base: valueOf(base, id), high };
}

function valueOf(figures: ComparedFigures, id: ComparedFigureId): number {
  const figure: Estimate | number = figures[id];
  return typeof figure === 'number' ? figure : figure.value;
}

/** Percent with the digits that count: `0.31%`, `12%`; above zero never as zero. */
export function formatShare(share: number, locale: string): string {
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size === 0) return '0%';
  if (size < 0.001) return `${percent < 0 ? '> −' : '< '}0.001%`;
  const text = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(size);
  return `${percent < 0 ? '−' : ''}${text}%`;
}
