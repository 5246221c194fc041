import type { ReactNode } from 'react';
import type { QueryState } from '../state/useQuery.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { Skeleton } from './Skeleton.tsx';

interface QueryViewProps<T> {
  readonly query: QueryState<T>;
  /** The shape of what is coming. */
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** Loading, failed, or here. Data of an earlier asking stays in view, under the notice of why it is not newer. */
export function QueryView<T>({ query, skeleton, children }: QueryViewProps<T>) {
  const { data, error, reload } = query;
  if (data === undefined && error === null) return skeleton ?? <Skeleton lines={6} />;
  return (
    <>
      {error !== null && (
        <ErrorNotice error={error} onRetry={reload} tone={data === undefined ? 'loss' : 'caution'} />
      )}
      {data !== undefined && children(data)}
    </>
  );
}
