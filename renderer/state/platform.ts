import type { Platform } from '../registry/shortcuts.ts';
import { useQuery } from './useQuery.ts';

/** The machine's system; Linux until the main process has said. */
export function usePlatform(): Platform {
  return useQuery('app.info', {}).data?.platform ?? 'linux';
}
