import { createContext, use } from 'react';

/** Names of operators by address, for everything below the positions table. */
export const OperatorNames = createContext<ReadonlyMap<string, string>>(new Map());

export function useOperatorNames(): ReadonlyMap<string, string> {
  return use(OperatorNames);
}
