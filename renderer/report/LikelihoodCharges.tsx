/** Who causes the losses, with base numbers: the largest of each dimension, the rest together. */
import { ETH_UNIT } from '../../shared/domain/figure.ts';
import type { LossStudy } from '../../shared/domain/loss-study.ts';
import type { Report } from '../../shared/domain/report.ts';
import { findSet } from '../../shared/domain/study-figures.ts';
import {
  countCases,
  findPositionId,
  formatChance,
  formatEstimate,
  markEstimate,
  nameCharged,
} from '../../shared/format/likelihood.ts';
import { rankCharges } from '../charts/options/buildChargeBars.ts';
import { useText } from '../state/text.ts';
import { namePosition } from './positionName.ts';
import styles from './ReportPaper.module.css';

const MOST_NAMED = 4;

interface LikelihoodChargesProps {
  readonly report: Report;
  readonly study: LossStudy;
}

export function LikelihoodCharges({ report, study }: LikelihoodChargesProps) {
  const { t, locale } = useText();
  const set = findSet(study, 'base');
  const { attributions, attributionLevel, expectedLoss } = set.distribution;
  if (expectedLoss.value === 0) return null;
  const ids = new Set(report.positions.map(({ id }) => id));
  const nameHeld = (id: string): string | null => {
    const known = findPositionId(id, (candidate) => ids.has(candidate));
    return known === null ? null : namePosition(known, report, t);
  };
  const write = (eth: number): string => markEstimate(formatEstimate(eth, { locale, isBare: true }));
  return (
    <>
      <h3 className={styles['h3']}>{t('likelihood.paper.whoTitle')}</h3>
      <p className={styles['intro']}>
        {t('likelihood.paper.whoIntro', { cases: countCases(attributionLevel, locale) })}
      </p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col" className={styles['wide14']}>
              {t('likelihood.who.dimensionLabel')}
            </th>
            <th scope="col" className={styles['wide40']}>
              {t('likelihood.paper.whoHead')}
            </th>
            {(['expected', 'tail'] as const).map((column) => (
              <th key={column} scope="col" className={styles['numberHead']}>
                {t(`likelihood.who.${column}`)}
                <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
              </th>
            ))}
          </tr>
        </thead>
        {attributions.map((attribution) => {
          const { dimension } = attribution;
          const { rows, rest } = rankCharges(attribution, MOST_NAMED);
          const named = rows.map((row) => ({
            ...row,
            name: nameCharged(dimension, row.id, set, report.exposure, nameHeld, t),
          }));
          const lines =
            rest === null
              ? named
              : [...named, { ...rest, name: t('likelihood.name.rest', { count: rest.count }) }];
          return (
            <tbody key={dimension} className={styles['together']}>
              {lines.map((line, index) => (
                <tr key={index}>
                  <td>{index === 0 ? t(`likelihood.who.dimension.${dimension}`) : ''}</td>
                  <th scope="row">
                    <bdi>{line.name}</bdi>
                  </th>
                  <td className={styles['number']}>
                    {write(line.expectedLoss)} ({formatChance(line.expectedShare, { locale })})
                  </td>
                  <td className={styles['number']}>
                    {write(line.expectedShortfall)} ({formatChance(line.tailShare, { locale })})
                  </td>
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </>
  );
}
