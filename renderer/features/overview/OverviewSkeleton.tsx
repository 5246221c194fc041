import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import headlineStyles from './Headline.module.css';
import styles from './OverviewPage.module.css';

/** The page before its figures: the same panels in the same places. */
export function OverviewSkeleton() {
  return (
    <>
      <div className={headlineStyles.band}>
        {['a', 'b', 'c'].map((key) => (
          <div key={key} className={headlineStyles.cell}>
            <Skeleton width="30%" />
            <div className={headlineStyles.action}>
              <Skeleton height={32} width="60%" />
            </div>
            <div className={headlineStyles.action}>
              <Skeleton width="45%" />
            </div>
          </div>
        ))}
      </div>
      <div className={styles.columns}>
        <Panel>
          <Skeleton lines={4} height={24} />
        </Panel>
        <Panel>
          <Skeleton lines={4} height={24} />
        </Panel>
      </div>
      <Panel>
        <Skeleton lines={6} height={20} />
      </Panel>
    </>
  );
}
