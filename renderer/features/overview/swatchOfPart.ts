import type { CSSProperties } from 'react';
import type { AllocationPart } from '../../charts/options/listAllocation.ts';

/** The paint of a part in the list, as colorOfPart (listAllocation.ts) gives it to the bar. */
export function swatchOfPart(part: AllocationPart, index: number): CSSProperties {
  switch (part.kind) {
    case 'operator':
      return { background: `var(--chart-${(index % 6) + 1})` };
    case 'rest':
      return { background: 'var(--chart-7)' };
    case 'free':
      return { background: 'var(--line-strong)' };
    case 'hidden':
      return {
        background: 'repeating-linear-gradient(-45deg, var(--chart-8) 0 1.5px, var(--surface-1) 1.5px 3px)',
      };
  }
}
