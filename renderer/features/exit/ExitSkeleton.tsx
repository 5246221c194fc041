import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './ExitDesk.module.css';

/** The page before its data: the same columns. */
export function ExitSkeleton() {
  return (
    <div className={styles.desk}>
      <div className={styles.settings}>
        <Panel>
          <Skeleton lines={7} height={24} />
        </Panel>
      </div>
      <ExitResultSkeleton />
    </div>
  );
}

export function ExitResultSkeleton() {
  return (
    <div className={styles.result}>
      <Panel>
        <Skeleton lines={10} height={24} />
      </Panel>
      <Panel>
        <Skeleton lines={6} height={20} />
      </Panel>
      <Panel>
        <Skeleton lines={6} height={20} />
      </Panel>
    </div>
  );
}
