/** The parts of the allocation bar as a table: the same figures, for whoever reads numbers first. */
import { useLayoutEffect, useRef, useState } from 'react';
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import type { AllocationPart } from '../charts/options/listAllocation.ts';
import type { ChartPalette } from '../charts/options/palette.ts';
import { readPalette } from '../charts/readPalette.ts';
import { useText } from '../state/text.ts';
import styles from './ReportPaper.module.css';

interface AllocationLegendProps {
  readonly parts: readonly AllocationPart[];
  readonly totalWei: bigint;
  readonly nameOf: (part: AllocationPart) => string;
  readonly colorOf: (part: AllocationPart, index: number, palette: ChartPalette) => string;
}

export function AllocationLegend({ parts, totalWei, nameOf, colorOf }: AllocationLegendProps) {
  const { t, locale } = useText();
  const ref = useRef<HTMLTableElement>(null);
  const paintOf = (part: AllocationPart, index: number, colors: ChartPalette): string => {
    const color = colorOf(part, index, colors);
    if (part.kind !== 'hidden') return color;
    return `repeating-linear-gradient(-45deg, ${color} 0 1.5px, ${colors.surface} 1.5px 3px)`;
  };
  const [palette, setPalette] = useState<ChartPalette | null>(null);
  useLayoutEffect(() => {
    if (ref.current !== null) setPalette(readPalette(ref.current));
  }, []);
  return (
    <table ref={ref} className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('reports.paper.exposure.depends')}</th>
          <th scope="col" className={styles['numberHead']}>
            {t('reports.paper.holdings.book')}
            <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
          </th>
          <th scope="col" className={styles['numberHead']}>
            {t('reports.paper.holdings.share')}
            <span className={styles['unit']}>{t('reports.paper.holdings.shareUnit')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part, index) => (
          <tr key={part.id}>
            <th scope="row">
              <span
                className={styles['swatch']}
                style={palette === null ? undefined : { background: paintOf(part, index, palette) }}
                aria-hidden
              />
              <bdi>{nameOf(part)}</bdi>
            </th>
            <td className={styles['number']}>
              {formatValue(part.valueWei, ETH_UNIT, { locale, isBare: true })}
            </td>
            <td className={styles['number']}>
              {formatValue(fractionOf(part.valueWei, totalWei) ?? 0n, SHARE_UNIT, { locale, isBare: true })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
