import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './SimulateDesk.module.css';

/** The page before its data: the same columns. */
export function SimulateSkeleton() {
  return (
    <div className={styles.desk}>
      <div className={styles.scenario}>
        <Panel>
          <Skeleton lines={7} height={24} />
        </Panel>
      </div>
      <div className={styles.result}>
        <Panel>
          <Skeleton lines={3} height={24} />
        </Panel>
        <Panel>
          <Skeleton lines={8} height={20} />
        </Panel>
      </div>
      <div className={styles.reasons}>
        <Panel>
          <Skeleton lines={6} />
        </Panel>
      </div>
    </div>
  );
}
