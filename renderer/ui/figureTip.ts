/** One tooltip for every figure of the page: a table of a thousand figures mounts a thousand triggers and one popup. */
import { Tooltip } from '@base-ui/react/tooltip';
import type { Figure, Unit } from '../../shared/domain/figure.ts';

export type FigureTipContent =
  | { readonly kind: 'figure'; readonly figure: Figure; readonly isStale: boolean }
  | { readonly kind: 'amount'; readonly value: bigint; readonly unit: Unit };

export const figureTip = Tooltip.createHandle<FigureTipContent>();
