/** What services will be able to take that they cannot take now, and what they will no longer. */
import { estimateTimeOfBlock } from '../../shared/domain/block-time.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../shared/domain/figure.ts';
import { listPendingAllocations } from '../../shared/domain/pending-allocations.ts';
import { formatBlock, formatValue } from '../../shared/format/numbers.ts';
import { nameOperatorByAddress, nameServiceById } from '../../shared/format/scenario.ts';
import { formatDate } from '../../shared/format/time.ts';
import { useText } from '../state/text.ts';
import styles from './ReportPaper.module.css';

export function PendingAllocations({ exposure }: { readonly exposure: Exposure }) {
  const { t, locale } = useText();
  const rows = listPendingAllocations(exposure);
  if (rows.length === 0) return null;
  const amount = (wei: bigint): string => formatValue(wei, ETH_UNIT, { locale, isBare: true });
  return (
    <>
      <h3 className={styles['h3']}>{t('reports.paper.exposure.changesTitle')}</h3>
      <p className={styles['intro']}>{t('reports.paper.exposure.changesIntro')}</p>
      <table className={styles['table']}>
        <caption className={styles['hidden']}>{t('reports.paper.exposure.changesCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.paper.exposure.operator')}</th>
            <th scope="col">{t('reports.paper.exposure.service')}</th>
            <th scope="col">{t('reports.paper.exposure.from')}</th>
            {(['now', 'then'] as const).map((when) => (
              <th key={when} scope="col" className={styles['numberHead']}>
                {t(`reports.paper.exposure.${when}`)}
                <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ operator, strategy, serviceId, block, nowWei, thenWei }) => (
            <tr key={`${operator} ${strategy} ${serviceId}`}>
              <th scope="row">
                <bdi>{nameOperatorByAddress(operator, exposure)}</bdi>
              </th>
              <td>
                <bdi>{nameServiceById(serviceId, exposure)}</bdi>
              </td>
              <td>
                {t('reports.paper.exposure.fromBlock', {
                  block: formatBlock(block, locale),
                  date: formatDate(estimateTimeOfBlock(block, exposure.origin), locale),
                })}
              </td>
              <td className={styles['number']}>{amount(nowWei)}</td>
              <td className={styles['number']}>{amount(thenWei)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
