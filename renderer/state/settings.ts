/** Settings as hooks. A change shows at once and is put back where the main process refuses it. */
import { useCallback } from 'react';
import { DEFAULT_SETTINGS, type SettingKey, type Settings } from '../../shared/contract/settings.ts';
import { useClient, useQueryCache } from './client.tsx';
import { useQuery } from './useQuery.ts';

/** The defaults until the main process has answered. */
export function useSettings(): Settings {
  return useQuery('settings.get', {}).data ?? DEFAULT_SETTINGS;
}

/** Resolves once the main process keeps it; rejects with its AppError. */
export type SaveSettings = (change: Partial<Settings>) => Promise<void>;

export function useSaveSettings(): SaveSettings {
  const client = useClient();
  const cache = useQueryCache();
  return useCallback(
    async (change) => {
      const before = cache.read('settings.get', {}).data ?? DEFAULT_SETTINGS;
      cache.write('settings.get', {}, { ...before, ...change });
      try {
        cache.write('settings.get', {}, await client.call('settings.update', change));
      } catch (thrown) {
        cache.reload('settings.get', {});
        throw thrown;
      }
    },
    [client, cache],
  );
}

export function useSetting<K extends SettingKey>(
  key: K,
): readonly [value: Settings[K], set: (value: Settings[K]) => Promise<void>] {
  const settings = useSettings();
  const save = useSaveSettings();
  const set = useCallback(
    (value: Settings[K]) => {
      const change: Partial<Settings> = {};
      change[key] = value;
      return save(change);
    },
    [key, save],
  );
  return [settings[key], set];
}

export function useHideAmounts(): boolean {
  return useSettings().hideAmounts;
}
