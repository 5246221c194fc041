/** Before, after and loss of every position, and in columns of its own what stands beside a loss. */
import { useMemo } from 'react';
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { PositionResult, ScenarioResult } from '../../shared/domain/scenario.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { rankLosses } from '../charts/options/buildLossBars.ts';
import { useText } from '../state/text.ts';
import { namePosition } from './positionName.ts';
import styles from './ReportPaper.module.css';

interface LossTableProps {
  readonly report: Report;
  readonly result: ScenarioResult;
}

/** These stay on one page with the total, which would otherwise stand alone on the next. */
const LAST_ROWS = 3;

const ASIDES = [
  { id: 'marketLoss', field: 'marketLossWei', total: 'totalMarketLossWei' },
  { id: 'locked', field: 'lockedWei', total: 'totalLockedWei' },
  { id: 'recovered', field: 'recoveredWei', total: 'totalRecoveredWei' },
] as const;

/** Of the column of names, by the number of columns beside the loss. */
const NAME_WIDTHS = ['wide40', 'wide34'] as const;

export function LossTable({ report, result }: LossTableProps) {
  const { t, locale } = useText();
  const rows = useMemo(() => rankPositions(result), [result]);
  const asides = ASIDES.filter(({ total }) => result[total] > 0n);
  const write = (wei: bigint): string => formatValue(wei, ETH_UNIT, { locale, isBare: true });
  const writeShare = (loss: bigint, before: bigint): string =>
    formatValue(fractionOf(loss, before) ?? 0n, SHARE_UNIT, { locale, isBare: true });
  const renderRow = (row: PositionResult) => (
    <tr key={row.positionId}>
      <th scope="row">
        <bdi>{namePosition(row.positionId, report, t)}</bdi>
      </th>
      <td className={styles['number']}>{write(row.beforeWei)}</td>
      <td className={styles['number']}>{write(row.afterWei)}</td>
      <td className={styles['number']}>{write(row.lossWei)}</td>
      <td className={styles['number']}>{writeShare(row.lossWei, row.beforeWei)}</td>
      {asides.map(({ id, field }) => (
        <td key={id} className={styles['number']}>
          {write(row[field])}
        </td>
      ))}
    </tr>
  );
  return (
    <table className={styles['table']}>
      <caption className={styles['hidden']}>{t('reports.paper.scenario.tableCaption')}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles[NAME_WIDTHS[asides.length] ?? 'wide24']}>
            {t('reports.paper.scenario.position')}
          </th>
          {(['before', 'after', 'loss'] as const).map((column) => (
            <th key={column} scope="col" className={styles['numberHead']}>
              {t(`reports.paper.scenario.${column}`)}
              <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
            </th>
          ))}
          <th scope="col" className={styles['numberHead']}>
            {t('reports.paper.scenario.lossShare')}
            <span className={styles['unit']}>{t('reports.paper.scenario.lossShareUnit')}</span>
          </th>
          {asides.map(({ id }) => (
            <th key={id} scope="col" className={styles['numberHead']}>
              {t(`reports.paper.scenario.${id}`)}
              <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{rows.slice(0, -LAST_ROWS).map(renderRow)}</tbody>
      <tbody className={styles['together']}>
        {rows.slice(-LAST_ROWS).map(renderRow)}
        <tr className={styles['totalRow']}>
          <th scope="row">{t('reports.paper.scenario.total')}</th>
          <td className={styles['number']}>{write(result.totalBeforeWei)}</td>
          <td className={styles['number']}>{write(result.totalAfterWei)}</td>
          <td className={styles['number']}>{write(result.totalLossWei)}</td>
          <td className={styles['number']}>{writeShare(result.totalLossWei, result.totalBeforeWei)}</td>
          {asides.map(({ id, total }) => (
            <td key={id} className={styles['number']}>
              {write(result[total])}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

/** In the order of the drawing: largest loss first. */
function rankPositions(result: ScenarioResult): readonly PositionResult[] {
  const byId = new Map(result.positions.map((position) => [position.positionId, position]));
  const { rows } = rankLosses(result, result.positions.length);
  return rows.flatMap(({ positionId }) => byId.get(positionId) ?? []);
}
