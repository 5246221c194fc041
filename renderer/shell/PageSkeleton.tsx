import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './PageBoundary.module.css';

/** While a page's code is read: a heading and a panel to come. */
export function PageSkeleton() {
  return (
    <div className={styles.skeleton}>
      <Skeleton height={28} width="240px" />
      <Skeleton height={320} />
    </div>
  );
}
