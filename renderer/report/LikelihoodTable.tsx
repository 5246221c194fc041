/** Every figure of a study under the three sets of numbers. */
import { ETH_UNIT } from '../../shared/domain/figure.ts';
import { PARAMETER_SETS } from '../../shared/domain/loss-distribution.ts';
import type { LossStudy } from '../../shared/domain/loss-study.ts';
import { findSet } from '../../shared/domain/study-figures.ts';
import { listStudyRows, readRow } from '../../shared/domain/study-rows.ts';
import { formatRow, labelRow } from '../../shared/format/likelihood.ts';
import { useText } from '../state/text.ts';
import { joinClasses } from '../ui/classes.ts';
import styles from './ReportPaper.module.css';

export function LikelihoodTable({ study }: { readonly study: LossStudy }) {
  const { t, locale } = useText();
  return (
    <table className={joinClasses(styles['table'], styles['together'], styles['after'])}>
      <caption className={styles['hidden']}>{t('likelihood.paper.tableCaption')}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles['wide40']}>
            {t('likelihood.paper.rowHead')}
          </th>
          {PARAMETER_SETS.map((set) => (
            <th key={set} scope="col" className={styles['numberHead']}>
              {t(`likelihood.set.${set}`)}
              <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {listStudyRows(findSet(study, 'base').distribution).map((row) => {
          const { label, tag } = labelRow(row, t);
          return (
            <tr key={row.id}>
              <th scope="row">
                {label}
                {tag !== '' && <span className={styles['muted']}> {tag}</span>}
              </th>
              {PARAMETER_SETS.map((set) => {
                const estimate = readRow(findSet(study, set).distribution, row);
                const isBare = row.kind !== 'chance';
                return (
                  <td key={set} className={styles['number']}>
                    {estimate === null ? '' : formatRow(row, estimate.value, { locale, isBare })}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
