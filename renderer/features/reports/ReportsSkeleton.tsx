import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './ReportsPage.module.css';

/** The page before its data: the same columns. */
export function ReportsSkeleton() {
  return (
    <div className={styles.desk}>
      <div className={styles.choices}>
        <Panel>
          <Skeleton lines={3} height={24} />
        </Panel>
        <Panel>
          <Skeleton lines={6} height={20} />
        </Panel>
      </div>
      <div className={styles.paper}>
        <SheetSkeleton />
      </div>
    </div>
  );
}

export function SheetSkeleton() {
  return (
    <Panel>
      <Skeleton height={36} width="40%" />
      <Skeleton lines={14} height={20} />
    </Panel>
  );
}
