/** Which run a report holds: a choice that still means something after the next run. Pure. */
import type { Run } from '../../../shared/domain/scenario.ts';

/** The newest run there is, whichever that will be. */
export const LATEST_RUN = 'latest';
export const NO_RUN = 'none';

/** The run's id, or null for a report without a scenario. A run no longer kept gives way to the newest. */
export function resolveRun(choice: string, runs: readonly Run[]): string | null {
  if (choice === NO_RUN) return null;
  const chosen = runs.find(({ id }) => id === choice) ?? runs[0];
  return chosen?.id ?? null;
}
