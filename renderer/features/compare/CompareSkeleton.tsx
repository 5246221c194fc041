import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** The table before its data. */
export function CompareSkeleton() {
  return (
    <>
      <Skeleton height={24} width="380px" />
      <Panel>
        <Skeleton lines={14} height={24} />
      </Panel>
    </>
  );
}
