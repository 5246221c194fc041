import { useCallback, useEffect, useMemo } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { listScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import type { Action } from '../../registry/action.ts';
import { RUN_SCENARIO } from '../../registry/pageShortcuts.ts';
import { useActions } from '../../registry/useActions.ts';
import { useJobCommand } from '../../state/jobs.ts';
import { usePageState } from '../../state/pageState.ts';
import { navigate, useRoute } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { createPositionNames } from './positionNames.ts';
import { draftScenario, isSameScenario, judgeDraft } from './readDraft.ts';
import { ReasonsPanel } from './ReasonsPanel.tsx';
import { ResultColumn } from './ResultColumn.tsx';
import { chooseRun } from './runFigures.ts';
import { ScenarioPanel } from './ScenarioPanel.tsx';
import styles from './SimulateDesk.module.css';
import { strikeShared } from './strikeShared.ts';
import { useDraft } from './useDraft.ts';

interface SimulateDeskProps {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
}

const NO_RUNS: readonly Run[] = [];

/** Scenario, result and reasons of one portfolio side by side. */
export function SimulateDesk({ view, exposure }: SimulateDeskProps) {
  const { t } = useText();
  const portfolioId = view.portfolio.id;
  const targets = useMemo(() => listScenarioTargets(exposure), [exposure]);
  const draft = useDraft(portfolioId);
  const judgement = useMemo(() => judgeDraft(draft.value, draft.starts), [draft.value, draft.starts]);
  const runs = useQuery('runs.list', { portfolioId });
  const kept = runs.data ?? NO_RUNS;
  const [chosenId, chooseId] = usePageState<string | null>(`simulate.run.${portfolioId}`, null);
  const command = useJobCommand('scenarios.run');
  const { start, job } = command;

  // What another page asked for is taken over once; then the page is the user's own again.
  const { params } = useRoute();
  const { fault, run: asked, replay } = params;
  const presets = useQuery('scenarios.presets', replay === undefined ? null : { portfolioId }).data;
  const { replace } = draft;
  useEffect(() => {
    if (fault === undefined && asked === undefined) return;
    const strike = fault === undefined ? null : strikeShared(fault, exposure);
    if (strike) replace(strike);
    if (asked !== undefined) chooseId(asked);
    navigate('simulate');
  }, [fault, asked, exposure, replace, chooseId]);
  useEffect(() => {
    if (replay === undefined || presets === undefined) return;
    const found = presets.replays.find(({ incident }) => incident.id === replay);
    if (found) replace(draftScenario(found.scenario));
    navigate('simulate');
  }, [replay, presets, replace]);

  // The list learns of a new run a moment after its job ended; until then the earlier result stays in view.
  const finishedId = job?.state === 'done' ? job.resultId : null;
  const isListed = kept.some(({ id }) => id === finishedId);
  useEffect(() => {
    if (finishedId !== null && isListed) chooseId(finishedId);
  }, [finishedId, isListed, chooseId]);

  const { scenario } = judgement;
  const isIdle = !command.isRunning;
  const runDraft = useCallback(() => {
    if (scenario !== null) void start({ portfolioId, scenario });
  }, [start, portfolioId, scenario]);
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'simulate.run',
        title: (tKey) => tKey('simulate.scenario.action'),
        group: 'page',
        shortcut: RUN_SCENARIO,
        keywords: 'stress slash simulate',
        isEnabled: () => scenario !== null && isIdle,
        run: runDraft,
      },
    ],
    [scenario, isIdle, runDraft],
  );
  useActions(actions);

  const shown = chooseRun(kept, chosenId);
  const names = useMemo(() => createPositionNames(view.positions, t), [view.positions, t]);
  const isChanged = shown !== null && scenario !== null && !isSameScenario(scenario, shown.result.scenario);
  return (
    <div className={styles.desk}>
      <div className={styles.scenario}>
        <ScenarioPanel
          exposure={exposure}
          targets={targets}
          draft={draft}
          judgement={judgement}
          command={command}
          onRun={runDraft}
        />
      </div>
      <div className={styles.result}>
        <ResultColumn
          view={view}
          exposure={exposure}
          runs={runs}
          run={shown}
          names={names}
          isChanged={isChanged}
          isRunning={command.isRunning}
          onChoose={chooseId}
          onLoad={(run) => draft.replace(draftScenario(run.result.scenario))}
          onRunAgain={(run) => void start({ portfolioId, scenario: run.result.scenario })}
        />
      </div>
      <div className={styles.reasons}>
        <ReasonsPanel run={shown} exposure={exposure} nameOf={names.inSentence} />
      </div>
    </div>
  );
}
