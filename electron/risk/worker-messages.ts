/**
 * What a caller and the engine's worker say to each other. Messages are structured clones, which carry bigint as it
 * is. One worker serves any number of runs, one after the other; `runId` says which a reply belongs to.
 */
import type { AppErrorValue } from '../../shared/contract/errors.ts';
import type { EngineTasks, TaskName } from './tasks.ts';

export interface WorkerRequest<Name extends TaskName = TaskName> {
  readonly kind: Name;
  readonly runId: string;
  readonly input: EngineTasks[Name]['input'];
  /** From {@link createCancelFlag}. A message would wait until the run is over; shared memory does not. */
  readonly cancelFlag: SharedArrayBuffer;
}

export type WorkerReply =
  /** At most a hundred per run and step. */
  | { readonly kind: 'progress'; readonly runId: string; readonly done: number; readonly total: number }
  | { readonly kind: 'result'; readonly runId: string; readonly result: EngineTasks[TaskName]['output'] }
  /** Also when cancelled: then with the code `cancelled`. */
  | { readonly kind: 'error'; readonly runId: string; readonly error: AppErrorValue };

/** A flag that caller and worker share. One per run: it cannot be taken back. */
export function createCancelFlag(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/** Ends the run at its next step or position; a caller that cannot wait terminates the worker. */
export function requestCancel(cancelFlag: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(cancelFlag), 0, 1);
}

/** Reads the flag; the returned function is cheap enough to be asked for every position. */
export function watchCancelFlag(cancelFlag: SharedArrayBuffer): () => boolean {
  const cells = new Int32Array(cancelFlag);
  return () => Atomics.load(cells, 0) !== 0;
}
