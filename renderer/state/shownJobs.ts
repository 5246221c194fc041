/** Which kinds of long work have their end told by what is on the screen, so that no toast repeats it. */
import { useEffect } from 'react';
import type { JobKind } from '../../shared/contract/jobs.ts';

const shown = new Map<JobKind, number>();

function count(kind: JobKind, change: 1 | -1): void {
  shown.set(kind, (shown.get(kind) ?? 0) + change);
}

export function isJobEndShown(kind: JobKind): boolean {
  return (shown.get(kind) ?? 0) > 0;
}

/** Counts until the returned function is called. */
export function announceJobEnd(kind: JobKind): () => void {
  count(kind, 1);
  return () => count(kind, -1);
}

/** For a component that started work of this kind and shows how it ends, for as long as it runs and is mounted. */
export function useShowsJobEnd(kind: JobKind, isRunning: boolean): void {
  useEffect(() => (isRunning ? announceJobEnd(kind) : undefined), [kind, isRunning]);
}
