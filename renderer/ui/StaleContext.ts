import { createContext, use } from 'react';

/** True where the figures below are older than they should be. */
export const StaleContext = createContext(false);

export function useIsStale(): boolean {
  return use(StaleContext);
}
