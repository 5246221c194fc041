/** What several positions rest on, ranked, with what one fault there can cost. */
import type { SharedRow } from '../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { useText } from '../state/text.ts';
import styles from './ReportPaper.module.css';

export function SharedTable({ rows }: { readonly rows: readonly SharedRow[] }) {
  const { t, locale } = useText();
  if (rows.length === 0) return <p>{t('reports.paper.exposure.sharedNone')}</p>;
  return (
    <>
      <p className={styles['intro']}>{t('reports.paper.exposure.sharedIntro')}</p>
      <table className={styles['table']}>
        <caption className={styles['hidden']}>{t('reports.paper.exposure.sharedCaption')}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles['wide36']}>
              {t('reports.paper.exposure.what')}
            </th>
            <th scope="col">{t('reports.paper.exposure.kind')}</th>
            <th scope="col" className={styles['numberHead']}>
              {t('reports.paper.exposure.positions')}
            </th>
            <th scope="col" className={styles['numberHead']}>
              {t('reports.paper.exposure.value')}
              <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
            </th>
            <th scope="col" className={styles['numberHead']}>
              {t('reports.paper.exposure.share')}
              <span className={styles['unit']}>{t('reports.paper.holdings.shareUnit')}</span>
            </th>
            <th scope="col" className={styles['numberHead']}>
              {t('reports.paper.exposure.worst')}
              <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind}|${row.id}`}>
              <th scope="row">
                <bdi>{row.name}</bdi>
              </th>
              <td>{t(`reports.paper.exposure.kindOf.${row.kind}`)}</td>
              <td className={styles['number']}>{row.positionIds.length}</td>
              <td className={styles['number']}>
                {formatValue(row.valueWei, ETH_UNIT, { locale, isBare: true })}
              </td>
              <td className={styles['number']}>
                {row.share === null
                  ? t('reports.paper.unknownShort')
                  : formatValue(row.share, SHARE_UNIT, { locale, isBare: true })}
              </td>
              <td className={styles['number']}>
                {formatValue(row.worstLossWei, ETH_UNIT, { locale, isBare: true })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
