import { useMemo } from 'react';
import type { ExitDefaults, PortfolioView } from '../../../shared/contract/methods.ts';
import type { Action } from '../../registry/action.ts';
import { useActions } from '../../registry/useActions.ts';
import { usePageState } from '../../state/pageState.ts';
import { useText } from '../../state/text.ts';
import { Banner } from '../../ui/Banner.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { createPositionNames } from '../simulate/positionNames.ts';
import { AssumptionsPanel } from './AssumptionsPanel.tsx';
import { CalendarPanel } from './CalendarPanel.tsx';
import { listCalendarRows } from './calendarRows.ts';
import { ChoicePanel } from './ChoicePanel.tsx';
import styles from './ExitDesk.module.css';
import { ExitResultSkeleton } from './ExitSkeleton.tsx';
import { LadderPanel } from './LadderPanel.tsx';
import { listSellable } from './listSellable.ts';
import { MarketsPanel } from './MarketsPanel.tsx';
import { StepsPanel } from './StepsPanel.tsx';
import { useExitDraft } from './useExitDraft.ts';
import { useExitPlans, type ExitPlans } from './useExitPlans.ts';

interface ExitDeskProps {
  readonly view: PortfolioView;
  readonly defaults: ExitDefaults;
}

/** What is assumed on the left, what follows from it on the right. */
export function ExitDesk({ view, defaults }: ExitDeskProps) {
  const { t } = useText();
  const portfolioId = view.portfolio.id;
  const draft = useExitDraft(portfolioId, defaults);
  const { value, change, question, judged } = draft;
  const plans = useExitPlans(portfolioId, question, value.isStressed, defaults);
  const sellable = useMemo(() => listSellable(view.positions), [view.positions]);
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'exit.stress',
        title: (tKey) => tKey('exit.stress.action'),
        group: 'page',
        keywords: 'stress queue pause depth exit withdraw',
        run: () => change({ isStressed: !value.isStressed }),
      },
    ],
    [change, value.isStressed],
  );
  useActions(actions);
  return (
    <div className={styles.desk}>
      <div className={styles.settings}>
        <AssumptionsPanel draft={draft} plans={plans.data ?? null} pausable={defaults.pausable} />
      </div>
      <div className={styles.markets}>
        <MarketsPanel draft={draft} sellable={sellable} />
      </div>
      <div className={styles.result}>
        {judged.question === null && <Banner tone="caution">{t('exit.problem.held')}</Banner>}
        <QueryView query={plans} skeleton={<ExitResultSkeleton />}>
          {(data) => <Results view={view} plans={data} />}
        </QueryView>
      </div>
    </div>
  );
}

interface ResultsProps {
  readonly view: PortfolioView;
  readonly plans: ExitPlans;
}

function Results({ view, plans }: ResultsProps) {
  const { t } = useText();
  const names = useMemo(() => createPositionNames(view.positions, t), [view.positions, t]);
  const rows = useMemo(() => listCalendarRows(plans.overview, plans.asIs), [plans.overview, plans.asIs]);
  const [asked, choose] = usePageState<string | null>(`exit.chosen.${view.portfolio.id}`, null);
  // The one that takes longest, until another is chosen.
  const last = rows.findLast(({ typical }) => typical !== null) ?? rows.at(-1);
  const chosen = plans.overview.plans.find(({ positionId }) => positionId === asked);
  const shown = chosen ?? plans.overview.plans.find(({ positionId }) => positionId === last?.id);
  return (
    <>
      <CalendarPanel
        plans={plans}
        rows={rows}
        names={names}
        chosenId={shown?.positionId ?? null}
        onChoose={choose}
      />
      {shown && <StepsPanel plan={shown} rows={rows} names={names} onChoose={choose} />}
      <LadderPanel overview={plans.overview} names={names} />
      <ChoicePanel view={view} plans={plans} names={names} />
    </>
  );
}
