import { Progress } from '@base-ui/react/progress';
import styles from './ProgressBar.module.css';

interface ProgressBarProps {
  /** 0 to 1; null while the amount of work is not known. */
  readonly value: number | null;
  /** What is being done. */
  readonly label: string;
}

export function ProgressBar({ value, label }: ProgressBarProps) {
  return (
    <Progress.Root className={styles.progress} value={value} max={1} aria-label={label}>
      <Progress.Track className={styles.track}>
        <Progress.Indicator className={styles.indicator} />
      </Progress.Track>
    </Progress.Root>
  );
}
