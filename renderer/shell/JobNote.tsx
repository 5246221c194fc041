import { X } from 'lucide-react';
import { useRunningJobs } from '../state/jobs.ts';
import { useText } from '../state/text.ts';
import { useCommand } from '../state/useCommand.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import styles from './JobNote.module.css';

/** The work in progress: what is being done, how far, and how to stop it. */
export function JobNote() {
  const { t, tKey } = useText();
  const [job, ...others] = useRunningJobs();
  const { run: cancel } = useCommand('jobs.cancel');
  if (job === undefined) return null;
  const step = job.step === '' ? t(`shell.job.${job.kind}`) : tKey(job.step);
  const percent = job.progress === null ? '' : ` ${Math.floor(job.progress * 100)}%`;
  return (
    <div className={styles.note} role="status" aria-label={t('shell.job.label')}>
      <div className={styles.work}>
        <span className={styles.step}>
          {step}
          {percent}
          {others.length > 0 && (
            <span className={styles.more}>, {t('shell.job.more', { count: others.length })}</span>
          )}
        </span>
        <ProgressBar value={job.progress} label={step} />
      </div>
      <IconButton
        icon={X}
        size="sm"
        label={t('shell.job.cancel')}
        onClick={() => void cancel({ jobId: job.id })}
      />
    </div>
  );
}
