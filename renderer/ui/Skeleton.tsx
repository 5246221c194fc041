import { useText } from '../state/text.ts';
import styles from './Skeleton.module.css';

interface SkeletonProps {
  readonly lines?: number | undefined;
  /** Of one line. */
  readonly height?: number | undefined;
  readonly width?: string | undefined;
}

/** The shape of what is coming. */
export function Skeleton({ lines = 1, height = 12, width = '100%' }: SkeletonProps) {
  const { t } = useText();
  return (
    <div className={styles.skeleton} style={{ width }} role="status" aria-label={t('shell.loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <span
          key={index}
          className={styles.line}
          style={{ height, width: lines > 1 && index === lines - 1 ? '60%' : '100%' }}
        />
      ))}
    </div>
  );
}
