/** The study of a portfolio, and the one being made: also one that was started before the page was opened. */
import { useCallback, useMemo } from 'react';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { Job } from '../../../../shared/contract/jobs.ts';
import type { KeptStudy } from '../../../../shared/domain/kept-study.ts';
import type { StudyRequest } from '../../../../shared/domain/loss-study.ts';
import { useJobCommand, useRunningJobs } from '../../../state/jobs.ts';
import { usePageState } from '../../../state/pageState.ts';
import { useShowsJobEnd } from '../../../state/shownJobs.ts';
import { useCommand } from '../../../state/useCommand.ts';
import { useQuery, type QueryState } from '../../../state/useQuery.ts';
import { draftOfRequest, FIRST_DRAFT, requestOfDraft, type StudyDraft } from './studyDraft.ts';

export interface StudyState {
  readonly latest: QueryState<{ kept: KeptStudy | null }>;
  readonly draft: StudyDraft;
  readonly setDraft: (draft: StudyDraft) => void;
  readonly request: StudyRequest;
  readonly run: () => void;
  readonly job: Job | null;
  readonly isRunning: boolean;
  readonly error: AppError | null;
  readonly cancel: () => void;
}

export function useStudy(portfolioId: string): StudyState {
  const latest = useQuery('studies.latest', { portfolioId });
  const kept = latest.data?.kept ?? null;
  const [own, setDraft] = usePageState<StudyDraft | null>(`simulate.study.${portfolioId}`, null);
  const draft = useMemo(() => own ?? (kept ? draftOfRequest(kept.study.request) : FIRST_DRAFT), [own, kept]);
  const request = useMemo(() => requestOfDraft(draft), [draft]);

  const { start, job: started, isRunning: isStarting, error } = useJobCommand('studies.start');
  const running = useRunningJobs().find((job) => job.kind === 'study' && job.portfolioId === portfolioId);
  const job = started?.state === 'running' ? started : (running ?? started);
  const isRunning = isStarting || running !== undefined;
  useShowsJobEnd('study', isRunning);

  const { run: cancelJob } = useCommand('jobs.cancel');
  const jobId = job?.id;
  const cancel = useCallback(() => {
    if (jobId !== undefined) void cancelJob({ jobId });
  }, [cancelJob, jobId]);
  const run = useCallback(() => void start({ portfolioId, request }), [start, portfolioId, request]);
  return { latest, draft, setDraft, request, run, job, isRunning, error, cancel };
}
