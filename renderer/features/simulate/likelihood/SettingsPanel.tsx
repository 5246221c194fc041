import { Play, RotateCcw } from 'lucide-react';
import { STUDY_HORIZONS, STUDY_PATHS, type StudyHorizon } from '../../../../shared/domain/kept-study.ts';
import { useText } from '../../../state/text.ts';
import { Button } from '../../../ui/Button.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { SwitchField } from '../../../ui/SwitchField.tsx';
import styles from './SettingsPanel.module.css';
import type { StudyState } from './useStudy.ts';

const HORIZONS = Object.keys(STUDY_HORIZONS) as readonly StudyHorizon[]; // as: the keys of that record
const FINENESS = Object.keys(STUDY_PATHS) as readonly (keyof typeof STUDY_PATHS)[]; // as: likewise

/** How far to look ahead, how finely, and what counts as a loss. */
export function SettingsPanel({ study }: { readonly study: StudyState }) {
  const { t, locale } = useText();
  const { draft, setDraft } = study;
  const horizon = HORIZONS.find((id) => STUDY_HORIZONS[id] === draft.horizonYears);
  const editCount = Object.keys(draft.rates).length;
  const formatCount = new Intl.NumberFormat(locale);
  return (
    <Panel title={t('likelihood.settings.title')}>
      <div className={styles.parts}>
        <div className={styles.field}>
          <span className={styles.label} aria-hidden>
            {t('likelihood.settings.horizon')}
          </span>
          <Segmented
            label={t('likelihood.settings.horizon')}
            value={horizon ?? '1y'}
            onChange={(id) => setDraft({ ...draft, horizonYears: STUDY_HORIZONS[id] })}
            options={HORIZONS.map((id) => ({ value: id, label: t(`likelihood.horizonShort.${id}`) }))}
          />
        </div>
        <SelectField
          label={t('likelihood.settings.paths')}
          value={String(draft.paths)}
          onChange={(paths) => setDraft({ ...draft, paths: Number(paths) })}
          options={FINENESS.map((fineness) => ({
            value: String(STUDY_PATHS[fineness]),
            label: formatCount.format(STUDY_PATHS[fineness]),
            hint: t(`likelihood.settings.pathsHint.${fineness}`),
          }))}
        />
        <SwitchField
          label={t('likelihood.settings.market')}
          help={t('likelihood.settings.marketHelp')}
          value={draft.includeMarket}
          onChange={(includeMarket) => setDraft({ ...draft, includeMarket })}
        />
        <SwitchField
          label={t('likelihood.settings.recovery')}
          help={t('likelihood.settings.recoveryHelp')}
          value={draft.isRecoveryCounted}
          onChange={(isRecoveryCounted) => setDraft({ ...draft, isRecoveryCounted })}
        />
        {editCount > 0 && (
          <div className={styles.edits}>
            <span>{t('likelihood.settings.edits', { count: editCount })}</span>
            <Button size="sm" icon={RotateCcw} onClick={() => setDraft({ ...draft, rates: {} })}>
              {t('likelihood.settings.resetEdits')}
            </Button>
          </div>
        )}
        <RunControl study={study} />
      </div>
    </Panel>
  );
}

function RunControl({ study }: { readonly study: StudyState }) {
  const { t, tKey } = useText();
  const { job, isRunning, error, run, cancel } = study;
  return (
    <div className={styles.run}>
      {error !== null && error.code !== 'cancelled' && <ErrorNotice error={error} onRetry={run} />}
      <div className={styles.runLine}>
        <Button variant="primary" icon={Play} isBusy={isRunning} onClick={run}>
          {t(isRunning ? 'likelihood.settings.running' : 'likelihood.settings.run')}
        </Button>
        {isRunning ? (
          <Button variant="quiet" onClick={cancel}>
            {t('likelihood.settings.cancel')}
          </Button>
        ) : (
          <KeyHint shortcut="Mod+Enter" />
        )}
      </div>
      {isRunning && job !== null && <ProgressBar value={job.progress} label={tKey(job.step)} />}
      <p className={styles.note}>{t('likelihood.settings.local')}</p>
    </div>
  );
}
