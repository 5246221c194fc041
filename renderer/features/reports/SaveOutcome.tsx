import type { JobCommand } from '../../state/jobs.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import styles from './SaveOutcome.module.css';

interface SaveOutcomeProps {
  readonly command: JobCommand<'reports.export'>;
  readonly onRetry: () => void;
}

/** How the saving goes, and where the file went. */
export function SaveOutcome({ command, onRetry }: SaveOutcomeProps) {
  const { t, tKey } = useText();
  const { job, error, cancel } = command;
  if (error !== null && error.code !== 'cancelled') {
    return (
      <div className={styles.outcome}>
        <ErrorNotice error={error} onRetry={onRetry} />
      </div>
    );
  }
  if (job === null) return null;
  switch (job.state) {
    case 'running':
      return (
        <div className={styles.outcome} role="status">
          <span className={styles.line}>
            {tKey(job.step)}
            <Button size="sm" variant="quiet" onClick={cancel}>
              {t('reports.screen.save.cancel')}
            </Button>
          </span>
          <ProgressBar value={job.progress} label={tKey(job.step)} />
        </div>
      );
    case 'done':
      return (
        <div className={styles.outcome} role="status">
          <StateWord tone="confirmed">{t('reports.screen.save.saved')}</StateWord>
          {job.resultId === null ? (
            <p className={styles.path}>{t('reports.screen.save.downloaded')}</p>
          ) : (
            <p className={styles.path}>
              {job.resultId}
              <CopyButton text={job.resultId} label={t('reports.screen.save.copyPath')} />
            </p>
          )}
        </div>
      );
    case 'cancelled':
      return (
        <p className={styles.outcome} role="status">
          {t('reports.screen.save.declined')}
        </p>
      );
    case 'failed':
      return null;
  }
}
