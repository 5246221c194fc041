import { useCallback, useState } from 'react';
import { toAppError, type AppError } from '../../shared/contract/errors.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';
import { useClient } from './client.tsx';

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

export interface Command<M extends MethodName> {
  /** Never rejects: what went wrong is the outcome, and stays in `error` until the next run. */
  readonly run: (input: MethodInput<M>) => Promise<Outcome<MethodOutput<M>>>;
  readonly isRunning: boolean;
  readonly error: AppError | null;
  readonly reset: () => void;
}

/** A method that changes something, called by the user's hand. */
export function useCommand<M extends MethodName>(method: M): Command<M> {
  const client = useClient();
  const [running, setRunning] = useState(0);
  const [error, setError] = useState<AppError | null>(null);
  const run = useCallback(
    async (input: MethodInput<M>): Promise<Outcome<MethodOutput<M>>> => {
      setRunning((count) => count + 1);
      setError(null);
      try {
        return { ok: true, value: await client.call(method, input) };
      } catch (thrown) {
        const failure = toAppError(thrown);
        setError(failure);
        return { ok: false, error: failure };
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [client, method],
  );
  const reset = useCallback(() => setError(null), []);
  return { run, isRunning: running > 0, error, reset };
}
