/** The scenario with its parameters, what it costs by position, and why. */
import { useCallback, useMemo } from 'react';
import { ETH_UNIT } from '../../shared/domain/figure.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { Run, ScenarioResult } from '../../shared/domain/scenario.ts';
import { formatBlock, formatValue } from '../../shared/format/numbers.ts';
import { describeStep } from '../charts/describeStep.ts';
import { formatInstant } from '../../shared/format/time.ts';
import { buildLossBars, rankLosses, type LossRow } from '../charts/options/buildLossBars.ts';
import { buildWaterfall, listWaterfall } from '../charts/options/buildWaterfall.ts';
import type { ChartPalette } from '../charts/options/palette.ts';
import { useText } from '../state/text.ts';
import { CHART_TEXT_SIZE, PaperChart } from './PaperChart.tsx';
import { PaperSection } from './PaperSection.tsx';
import { nameDrawnPosition } from './positionName.ts';
import styles from './ReportPaper.module.css';
import { EventList, Ledger } from './ScenarioEvents.tsx';
import { LeftOut, LossReasons } from './ScenarioReasons.tsx';
import { LossTable } from './ScenarioTable.tsx';

const MOST_BARS = 16;
const MOST_EVENTS = 12;

interface RunProps {
  readonly report: Report;
  readonly result: ScenarioResult;
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

function Waterfall({ report, result }: RunProps) {
  const { t, locale } = useText();
  const steps = useMemo(() => listWaterfall(result, MOST_EVENTS), [result]);
  const build = useCallback(
    (palette: ChartPalette) =>
      buildWaterfall(
        steps,
        palette,
        {
          description: t('simulate.result.waterfallLabel'),
          nameOf: (step) => describeStep(step, result, report.exposure, t),
          amount: (wei) => formatValue(wei, ETH_UNIT, { locale }),
          axis: ETH_UNIT.symbol,
        },
        { labelWidth: 230, amountWidth: 86, textSize: CHART_TEXT_SIZE },
      ),
    [steps, result, report, t, locale],
  );
  return (
    <figure className={styles['figure']}>
      <PaperChart build={build} height={34 + steps.length * 22} />
    </figure>
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
      {result.scenario.incident && (
        <p className={styles['intro']}>
          {t('reports.paper.scenario.incident', {
            title: result.scenario.incident.title,
            recorded: result.scenario.incident.recorded,
          })}
        </p>
      )}
      <EventList report={report} result={result} />
      <Ledger result={result} />
      {result.totalLossWei + result.totalMarketLossWei > 0n && (
        <>
          <h3 className={styles['h3']}>{t('simulate.result.waterfallTitle')}</h3>
          <Waterfall report={report} result={result} />
        </>
      )}
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
