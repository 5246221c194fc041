/** The scenario with its parameters, what it costs by position, and why. */
import { useCallback, useMemo } from 'react';
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { Run, ScenarioResult } from '../../shared/domain/scenario.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import { formatBlock, formatValue } from '../../shared/format/numbers.ts';
import { describeEvent } from '../../shared/format/scenario.ts';
import { formatInstant } from '../../shared/format/time.ts';
import { buildLossBars, rankLosses, type LossRow } from '../charts/options/buildLossBars.ts';
import type { ChartPalette } from '../charts/options/palette.ts';
import { useText } from '../state/text.ts';
import { CHART_TEXT_SIZE, PaperChart } from './PaperChart.tsx';
import { PaperSection } from './PaperSection.tsx';
import { nameDrawnPosition, namePosition } from './positionName.ts';
import styles from './ReportPaper.module.css';
import { LeftOut, LossReasons } from './ScenarioReasons.tsx';

const MOST_BARS = 16;

interface RunProps {
  readonly report: Report;
  readonly result: ScenarioResult;
}

function EventList({ report, result }: RunProps) {
  const { t, locale } = useText();
  return (
    <ol className={styles['steps']}>
      {result.events.map(({ event, lossWei, note }, index) => (
        <li key={index}>
          <span className={styles['muted']}>{index + 1}.</span>
          <span>
            {describeEvent(event, report.exposure, t)}
            {note !== null && ` ${t(`simulate.note.${note}`)}`}
          </span>
          <span>
            {t('reports.paper.scenario.eventLoss', { loss: formatValue(lossWei, ETH_UNIT, { locale }) })}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Ledger({ result }: { readonly result: ScenarioResult }) {
  const { t, locale } = useText();
  const share = fractionOf(result.totalLossWei, result.totalBeforeWei);
  return (
    <dl className={styles['ledger']}>
      <div>
        <dt>{t('reports.paper.scenario.before')}</dt>
        <dd>{formatValue(result.totalBeforeWei, ETH_UNIT, { locale })}</dd>
      </div>
      <div>
        <dt>{t('reports.paper.scenario.after')}</dt>
        <dd>{formatValue(result.totalAfterWei, ETH_UNIT, { locale })}</dd>
      </div>
      <div>
        <dt>{t('reports.paper.scenario.loss')}</dt>
        <dd>
          {formatValue(result.totalLossWei, ETH_UNIT, { locale })}
          {share !== null && (
            <span className={styles['note']}>{formatValue(share, SHARE_UNIT, { locale })}</span>
          )}
        </dd>
      </div>
    </dl>
  );
}

function LossFigure({ report, result }: RunProps) {
  const { t, locale } = useText();
  const { rows, rest } = useMemo(() => rankLosses(result, MOST_BARS), [result]);
  const build = useCallback(
    (palette: ChartPalette) => {
      const amount = (wei: bigint): string => formatValue(wei, ETH_UNIT, { locale });
      return buildLossBars(
        rows,
        palette,
        {
          description: t('reports.paper.scenario.chartLabel', {
            before: amount(result.totalBeforeWei),
            after: amount(result.totalAfterWei),
            loss: amount(result.totalLossWei),
          }),
          nameOf: ({ positionId }: LossRow) => nameDrawnPosition(positionId, report, t),
          amount,
          after: t('reports.paper.scenario.afterPart'),
          lost: t('reports.paper.scenario.lostPart'),
          axis: ETH_UNIT.symbol,
        },
        { labelWidth: 190, amountWidth: 86, textSize: CHART_TEXT_SIZE },
      );
    },
    [rows, result, report, t, locale],
  );
  return (
    <figure className={styles['figure']}>
      <PaperChart build={build} height={56 + rows.length * 22} />
      {rest !== null && (
        <figcaption className={styles['muted']}>
          {t('reports.paper.scenario.rest', {
            count: rest.count,
            loss: formatValue(rest.lossWei, ETH_UNIT, { locale }),
            before: formatValue(rest.beforeWei, ETH_UNIT, { locale }),
          })}
        </figcaption>
      )}
    </figure>
  );
}

/** These stay on one page with the total, which would otherwise stand alone on the next. */
const LAST_ROWS = 3;

function LossTable({ report, result }: RunProps) {
  const { t, locale } = useText();
  const { rows } = useMemo(() => rankLosses(result, result.positions.length), [result]);
  const write = (wei: bigint): string => formatValue(wei, ETH_UNIT, { locale, isBare: true });
  const writeShare = (loss: bigint, before: bigint): string =>
    formatValue(fractionOf(loss, before) ?? 0n, SHARE_UNIT, { locale, isBare: true });
  const renderRow = (row: LossRow) => (
    <tr key={row.positionId}>
      <th scope="row">
        <bdi>{namePosition(row.positionId, report, t)}</bdi>
      </th>
      <td className={styles['number']}>{write(row.beforeWei)}</td>
      <td className={styles['number']}>{write(row.afterWei)}</td>
      <td className={styles['number']}>{write(row.lossWei)}</td>
      <td className={styles['number']}>{writeShare(row.lossWei, row.beforeWei)}</td>
    </tr>
  );
  return (
    <table className={styles['table']}>
      <caption className={styles['hidden']}>{t('reports.paper.scenario.tableCaption')}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles['wide40']}>
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
        </tr>
      </tbody>
    </table>
  );
}

interface ScenarioSectionProps {
  readonly report: Report;
  readonly run: Run;
  readonly isSample: boolean;
}

export function ScenarioSection({ report, run, isSample }: ScenarioSectionProps) {
  const { t, locale } = useText();
  const { result } = run;
  const runBlock = formatBlock(run.blockNumber, locale);
  const block = formatBlock(report.origin.block.number, locale);
  return (
    <PaperSection title={t('reports.paper.scenario.title')} isSample={isSample} startsPage>
      <p className={styles['intro']}>
        {t('reports.paper.scenario.intro', { block: runBlock, time: formatInstant(run.ranAt, locale) })}
      </p>
      {runBlock !== block && (
        <p className={styles['caution']}>{t('reports.paper.scenario.otherBlock', { runBlock, block })}</p>
      )}
      <EventList report={report} result={result} />
      <Ledger result={result} />
      {result.totalLossWei === 0n ? (
        <p>{t('reports.paper.scenario.noLoss')}</p>
      ) : (
        <>
          <h3 className={styles['h3']}>{t('reports.paper.scenario.chartTitle')}</h3>
          <LossFigure report={report} result={result} />
        </>
      )}
      <h3 className={styles['h3']}>{t('reports.paper.scenario.tableTitle')}</h3>
      <LossTable report={report} result={result} />
      <LossReasons report={report} result={result} />
      <LeftOut report={report} result={result} />
    </PaperSection>
  );
}
