import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { decode, encode } from '../../shared/contract/codec.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';
import { useQueryCache } from './client.tsx';
import type { QuerySnapshot } from './queryCache.ts';

export interface QueryState<T> extends QuerySnapshot<T> {
  readonly reload: () => void;
}

const NOT_ASKED: QuerySnapshot<never> = {
  data: undefined,
  error: null,
  isLoading: false,
  isReloading: false,
};

/** Inputs are written inline, so each render makes a new object: this yields the same one while it says the same. */
function useSameInput<T>(input: T): T {
  const key = encode(input);
  // Decoding what was just encoded gives the value back.
  return useMemo(() => decode(key) as T, [key]);
}

/**
 * The answer of a method, kept and shared by method and input, and asked for again when the main process says that it
 * changed. An input of null asks for nothing.
 */
export function useQuery<M extends MethodName>(
  method: M,
  input: MethodInput<M> | null,
): QueryState<MethodOutput<M>> {
  const cache = useQueryCache();
  const asked = useSameInput(input);
  const watch = useCallback(
    (listener: () => void) => (asked === null ? () => undefined : cache.watch(method, asked, listener)),
    [cache, method, asked],
  );
  const read = useCallback(
    (): QuerySnapshot<MethodOutput<M>> => (asked === null ? NOT_ASKED : cache.read(method, asked)),
    [cache, method, asked],
  );
  const snapshot = useSyncExternalStore(watch, read);
  useEffect(() => {
    if (asked !== null) cache.ensure(method, asked);
  }, [cache, method, asked]);
  const reload = useCallback(() => {
    if (asked !== null) cache.reload(method, asked);
  }, [cache, method, asked]);
  return { ...snapshot, reload };
}
