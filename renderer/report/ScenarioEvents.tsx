/** What happened and what each event took; how a run is told before its tables. */
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { EventResult, ScenarioResult } from '../../shared/domain/scenario.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { describeEvent } from '../../shared/format/scenario.ts';
import { useText } from '../state/text.ts';
import styles from './ReportPaper.module.css';

interface EventListProps {
  readonly report: Report;
  readonly result: ScenarioResult;
}

export function EventList({ report, result }: EventListProps) {
  const { t, locale } = useText();
  return (
    <ol className={styles['steps']}>
      {result.events.map((row, index) => (
        <li key={index}>
          <span className={styles['muted']}>{index + 1}.</span>
          <span>
            {describeEvent(row.event, report.exposure, t)}
            {row.note !== null && ` ${t(`simulate.note.${row.note}`)}`}
          </span>
          <EventAmount row={row} />
        </li>
      ))}
      {result.covers.map(({ cover, paidWei }, index) => (
        <li key={`cover-${index}`}>
          <span />
          <span>{t('simulate.result.coverPaid', { name: cover.name })}</span>
          <span>
            {t('reports.paper.scenario.covered', { amount: formatValue(paidWei, ETH_UNIT, { locale }) })}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The loss; of a price or a queue, what it is instead. */
function EventAmount({ row }: { readonly row: EventResult }) {
  const { t, locale } = useText();
  const { event, lossWei, marketLossWei, lockedWei } = row;
  const write = (wei: bigint): string => formatValue(wei, ETH_UNIT, { locale });
  switch (event.kind) {
    case 'depeg':
      return <span>{t('reports.paper.scenario.eventMarket', { loss: write(marketLossWei) })}</span>;
    case 'queue-closed':
      return <span>{t('reports.paper.scenario.eventLocked', { amount: write(lockedWei) })}</span>;
    default:
      return <span>{t('reports.paper.scenario.eventLoss', { loss: write(lossWei) })}</span>;
  }
}

/** Before, after and loss; and what stands beside the loss, where there is any. */
export function Ledger({ result }: { readonly result: ScenarioResult }) {
  const { t, locale } = useText();
  const { totalBeforeWei, totalAfterWei, totalLossWei } = result;
  const write = (wei: bigint): string => formatValue(wei, ETH_UNIT, { locale });
  const share = fractionOf(totalLossWei, totalBeforeWei);
  const asides = [
    { id: 'recovered', value: result.totalRecoveredWei },
    { id: 'market', value: result.totalMarketLossWei },
    { id: 'locked', value: result.totalLockedWei },
  ] as const;
  return (
    <dl className={styles['ledger']}>
      <div>
        <dt>{t('reports.paper.scenario.before')}</dt>
        <dd>{write(totalBeforeWei)}</dd>
      </div>
      <div>
        <dt>{t('reports.paper.scenario.after')}</dt>
        <dd>{write(totalAfterWei)}</dd>
      </div>
      <div>
        <dt>{t('reports.paper.scenario.loss')}</dt>
        <dd>
          {write(totalLossWei)}
          {share !== null && (
            <span className={styles['note']}>{formatValue(share, SHARE_UNIT, { locale })}</span>
          )}
        </dd>
      </div>
      {asides
        .filter(({ value }) => value > 0n)
        .map(({ id, value }) => (
          <div key={id}>
            <dt>{t(`simulate.result.${id}`)}</dt>
            <dd>
              {write(value)}
              <span className={styles['note']}>{t(`simulate.result.${id}Hint`)}</span>
            </dd>
          </div>
        ))}
    </dl>
  );
}
