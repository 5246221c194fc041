import { FileText, FlaskConical } from 'lucide-react';
import { useMemo } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import type { QueryState } from '../../state/useQuery.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { EventResults } from './EventResults.tsx';
import { LeftOut } from './LeftOut.tsx';
import { LossChart } from './LossChart.tsx';
import { LossTable } from './LossTable.tsx';
import type { PositionNames } from './positionNames.ts';
import { ResultHead } from './ResultHead.tsx';
import { RunSelect } from './RunSelect.tsx';
import { makeRunFigures, type RunFigures } from './runFigures.ts';
import { WaterfallChart } from './WaterfallChart.tsx';

interface ResultColumnProps {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
  readonly runs: QueryState<Run[]>;
  /** The run in view; null where none was kept. */
  readonly run: Run | null;
  readonly names: PositionNames;
  /** The scenario on the left is another one by now. */
  readonly isChanged: boolean;
  readonly isRunning: boolean;
  readonly onChoose: (runId: string) => void;
  readonly onLoad: (run: Run) => void;
  readonly onRunAgain: (run: Run) => void;
}

export function ResultColumn(props: ResultColumnProps) {
  const { view, exposure, runs, run, names, onChoose } = props;
  const { t } = useText();
  const figures = useMemo(() => (run === null ? null : makeRunFigures(run, view)), [run, view]);
  const actions = run !== null && (
    <>
      <RunSelect runs={runs.data ?? []} run={run} exposure={exposure} onChoose={onChoose} />
      <IconButton
        icon={FileText}
        label={t('simulate.result.report')}
        onClick={() => navigate('reports', { run: run.id })}
      />
    </>
  );
  return (
    <QueryView query={runs} skeleton={<ResultSkeleton />}>
      {() =>
        run === null ? (
          <Panel title={t('simulate.result.title')}>
            <EmptyState
              icon={FlaskConical}
              title={t('simulate.result.emptyTitle')}
              body={t('simulate.result.emptyBody')}
            />
          </Panel>
        ) : (
          <>
            <RunNotice {...props} run={run} figures={figures} />
            <Panel title={t('simulate.result.title')} actions={actions} isFlush>
              <ResultHead result={run.result} figures={figures} />
              <EventResults result={run.result} exposure={exposure} />
            </Panel>
            {run.result.totalLossWei + run.result.totalMarketLossWei > 0n && (
              <WaterfallChart result={run.result} exposure={exposure} />
            )}
            {run.result.totalLossWei > 0n ? (
              <LossChart result={run.result} nameOf={names.inDrawing} />
            ) : (
              <Banner tone="information">{t('simulate.result.none')}</Banner>
            )}
            <LossTable result={run.result} figures={figures} names={names} />
            <LeftOut result={run.result} exposure={exposure} nameOf={names.inSentence} />
          </>
        )
      }
    </QueryView>
  );
}

interface RunNoticeProps extends ResultColumnProps {
  readonly run: Run;
  readonly figures: RunFigures | null;
}

/** That the result is of other values than today's, or of another scenario than the one on the left. */
function RunNotice({ view, run, figures, isChanged, isRunning, onLoad, onRunAgain }: RunNoticeProps) {
  const { t, locale } = useText();
  if (view.freshness.kind === 'read' && figures === null) {
    const { number } = view.freshness.origin.block;
    const runBlock = formatBlock(run.blockNumber, locale);
    return (
      <Banner
        tone="caution"
        actions={
          <Button size="sm" disabled={isRunning} onClick={() => onRunAgain(run)}>
            {t('simulate.result.again')}
          </Button>
        }
      >
        {run.blockNumber === number
          ? t('simulate.result.sameBlockOutdated', { runBlock })
          : t('simulate.result.outdated', { runBlock, block: formatBlock(number, locale) })}
      </Banner>
    );
  }
  if (!isChanged || isRunning) return null;
  return (
    <Banner
      tone="information"
      actions={
        <Button size="sm" onClick={() => onLoad(run)}>
          {t('simulate.result.load')}
        </Button>
      }
    >
      {t('simulate.result.changed')}
    </Banner>
  );
}

function ResultSkeleton() {
  return (
    <>
      <Panel>
        <Skeleton lines={3} height={24} />
      </Panel>
      <Panel>
        <Skeleton lines={8} height={20} />
      </Panel>
    </>
  );
}
