import { Play } from 'lucide-react';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { ScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import type { JobCommand } from '../../state/jobs.ts';
import { useLasting } from '../../state/useLasting.ts';
import { useText } from '../../state/text.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { CoverList } from './CoverList.tsx';
import { EventList } from './EventList.tsx';
import { PresetSelect } from './PresetSelect.tsx';
import type { DraftJudgement } from './readDraft.ts';
import styles from './ScenarioPanel.module.css';
import type { DraftState } from './useDraft.ts';

interface ScenarioPanelProps {
  readonly exposure: Exposure;
  readonly targets: ScenarioTargets;
  readonly draft: DraftState;
  readonly judgement: DraftJudgement;
  readonly command: JobCommand<'scenarios.run'>;
  readonly onRun: () => void;
}

export function ScenarioPanel({ exposure, targets, draft, judgement, command, onRun }: ScenarioPanelProps) {
  const { t } = useText();
  const hasOperators = targets.operators.some(({ valueWei }) => valueWei > 0n);
  const hasValuedDependency = targets.dependencies.some(({ valueWei }) => valueWei > 0n);
  const hasHidden = exposure.positions.some(({ legs }) => legs.some(({ kind }) => kind === 'hidden'));
  return (
    <Panel title={t('simulate.scenario.title')}>
      <div className={styles.parts}>
        <PresetSelect draft={draft} judgement={judgement} targets={targets} />
        {!hasOperators && hasHidden && hasValuedDependency && (
          <Banner tone="information">{t('simulate.scenario.hiddenOnly')}</Banner>
        )}
        <EventList exposure={exposure} targets={targets} draft={draft} problems={judgement.problems} />
        <CoverList draft={draft} />
        <RunControl command={command} isReady={judgement.scenario !== null} onRun={onRun} />
      </div>
    </Panel>
  );
}

/** Work that is done within this time needs no progress. */
const QUICK_MS = 100;

interface RunControlProps {
  readonly command: JobCommand<'scenarios.run'>;
  readonly isReady: boolean;
  readonly onRun: () => void;
}

function RunControl({ command, isReady, onRun }: RunControlProps) {
  const { t, tKey } = useText();
  const { job, isRunning, error, cancel } = command;
  const isShown = useLasting(isRunning, QUICK_MS);
  return (
    <div className={styles.run}>
      {error !== null && error.code !== 'cancelled' && <ErrorNotice error={error} onRetry={onRun} />}
      <div className={styles.runLine}>
        <Button variant="primary" icon={Play} disabled={!isReady} isBusy={isShown} onClick={onRun}>
          {t(isShown ? 'simulate.scenario.running' : 'simulate.scenario.run')}
        </Button>
        {isShown ? (
          <Button variant="quiet" onClick={cancel}>
            {t('simulate.scenario.cancel')}
          </Button>
        ) : (
          <KeyHint shortcut="Mod+Enter" />
        )}
      </div>
      {isShown && job && <ProgressBar value={job.progress} label={tKey(job.step)} />}
    </div>
  );
}
