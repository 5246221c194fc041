/** The comparison by simulation: the last one made, and the one being made, also where another page started it. */
import { useCallback, useMemo } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { MethodInput } from '../../../shared/contract/methods.ts';
import type { Protocol } from '../../../shared/domain/catalog.ts';
import type { KeptComparison } from '../../../shared/domain/product-comparison.ts';
import { useJobCommand, useRunningJobs } from '../../state/jobs.ts';
import { useShowsJobEnd } from '../../state/shownJobs.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery, type QueryState } from '../../state/useQuery.ts';
import type { SimulatedLoss } from './yieldDraft.ts';

const YEAR_DAYS = 365;

interface ComparisonState {
  readonly latest: QueryState<{ kept: KeptComparison | null }>;
  readonly run: (request: MethodInput<'compare.start'>) => void;
  readonly job: Job | null;
  readonly isRunning: boolean;
  readonly error: AppError | null;
  readonly cancel: () => void;
}

export function useComparison(): ComparisonState {
  const latest = useQuery('compare.latest', {});
  const { start, job: started, isRunning: isStarting, error } = useJobCommand('compare.start');
  const running = useRunningJobs().find(({ kind }) => kind === 'comparison');
  const job = started?.state === 'running' ? started : (running ?? started);
  const isRunning = isStarting || running !== undefined;
  useShowsJobEnd('comparison', isRunning);
  const { run: cancelJob } = useCommand('jobs.cancel');
  const jobId = job?.id;
  const cancel = useCallback(() => {
    if (jobId !== undefined) void cancelJob({ jobId });
  }, [cancelJob, jobId]);
  const run = useCallback((request: MethodInput<'compare.start'>) => void start(request), [start]);
  return { latest, run, job, isRunning, error, cancel };
}

/** What the last simulation expects a protocol to lose in a year; null where it was not in it. */
export function useSimulatedLoss(protocol: Protocol): SimulatedLoss | null {
  const kept = useQuery('compare.latest', {}).data?.kept ?? null;
  return useMemo(() => {
    if (kept === null) return null;
    const product = kept.comparison.products.find(({ protocolId }) => protocolId === protocol.id);
    if (product === undefined) return null;
    const perYear = (100 * YEAR_DAYS) / kept.comparison.request.horizonDays;
    // Two digits: rates known to a few events support no more.
    const percent = (share: number): number => Number((share * perYear).toPrecision(2));
    const { low, high } = product.expectedLoss;
    return { range: { low: percent(low), high: percent(high) }, madeAt: kept.madeAt };
  }, [kept, protocol.id]);
}
