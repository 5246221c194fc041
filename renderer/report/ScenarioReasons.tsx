/** Why each position lost what it lost, and what the scenario could not reach. */
import { ETH_UNIT } from '../../shared/domain/figure.ts';
import type { Report } from '../../shared/domain/report.ts';
import { strikesOperators } from '../../shared/domain/scenario-kinds.ts';
import type { ScenarioResult } from '../../shared/domain/scenario.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { describeReason, nameOperatorByAddress } from '../../shared/format/scenario.ts';
import { useText } from '../state/text.ts';
import { namePosition } from './positionName.ts';
import styles from './ReportPaper.module.css';

/** Positions whose reasons are printed, largest loss first; those of the others stand in the attached model. */
const MOST_EXPLAINED = 60;

interface RunProps {
  readonly report: Report;
  readonly result: ScenarioResult;
}

export function LossReasons({ report, result }: RunProps) {
  const { t } = useText();
  const losers = result.positions
    .filter((position) => position.reasons.length > 0)
    .sort((a, b) => (a.lossWei === b.lossWei ? 0 : a.lossWei > b.lossWei ? -1 : 1));
  if (losers.length === 0) return null;
  const explained = losers.slice(0, MOST_EXPLAINED);
  const others = losers.length - explained.length;
  return (
    <>
      <h3 className={styles['h3']}>{t('reports.paper.scenario.reasonsTitle')}</h3>
      <ul className={styles['reasons']}>
        {explained.map((position) => (
          <li key={position.positionId}>
            <p className={styles['reasonsHead']}>{namePosition(position.positionId, report, t)}</p>
            <ul className={styles['list']}>
              {position.reasons.map((reason, index) => (
                <li key={index}>{describeReason(reason, report.exposure, t)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {others > 0 && <p>{t('reports.paper.scenario.reasonsMore', { count: others })}</p>}
    </>
  );
}

export function LeftOut({ report, result }: RunProps) {
  const { t, locale } = useText();
  const unread = result.events.flatMap(({ note }, index) =>
    note === 'magnitude-unread' || note === 'operator-left-out'
      ? [{ number: index + 1, note: t(`simulate.note.${note}`) }]
      : [],
  );
  // A failing contract takes its share of what cannot be seen too; only a strike at operators cannot be applied there.
  const hasSlash = result.scenario.events.some(strikesOperators);
  const hidden = hasSlash ? result.positions.filter((position) => position.hiddenWei > 0n) : [];
  const { leftOut, unvaluedIds } = result;
  const isEmpty = leftOut.length + unvaluedIds.length + unread.length + hidden.length === 0;
  return (
    <>
      <h3 className={styles['h3']}>{t('reports.paper.scenario.leftOutTitle')}</h3>
      {isEmpty && <p>{t('reports.paper.scenario.leftOutNone')}</p>}
      <ul className={styles['list']}>
        {leftOut.map(({ kind, id, strategy, problem }) => (
          <li key={`${kind} ${id} ${strategy ?? ''}`}>
            {kind === 'position'
              ? t('simulate.result.contradicted', {
                  position: namePosition(id, report, t),
                  why: t(`simulate.contradiction.${problem}`),
                })
              : t('simulate.result.operatorContradicted', {
                  operator: nameOperatorByAddress(id, report.exposure),
                  why: t(`simulate.contradiction.${problem}`),
                })}
          </li>
        ))}
        {unvaluedIds.map((id) => (
          <li key={id}>{t('reports.paper.scenario.unvalued', { position: namePosition(id, report, t) })}</li>
        ))}
        {unread.map((row) => (
          <li key={row.number}>{t('reports.paper.scenario.unread', row)}</li>
        ))}
        {hidden.map(({ positionId, hiddenWei }) => (
          <li key={positionId}>
            {t('reports.paper.scenario.hidden', {
              position: namePosition(positionId, report, t),
              amount: formatValue(hiddenWei, ETH_UNIT, { locale }),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}
