import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './FlowPanel.module.css';

/** The page before its data: the same panels. */
export function ExposureSkeleton() {
  return (
    <>
      <Panel isFlush>
        <div className={styles.body}>
          <div className={styles.flow}>
            <Skeleton lines={9} height={32} />
          </div>
          <div className={styles.details}>
            <Skeleton lines={5} height={16} />
          </div>
        </div>
      </Panel>
      <Panel>
        <Skeleton lines={8} height={20} />
      </Panel>
    </>
  );
}
