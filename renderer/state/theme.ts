/** Puts the theme on the root element, and says which one is shown. */
import { useEffect, useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';

export type Theme = 'light' | 'dark';

const query = '(prefers-color-scheme: dark)';

function watchSystemTheme(listener: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

function readSystemTheme(): Theme {
  return matchMedia(query).matches ? 'dark' : 'light';
}

/** The theme in view, with `system` resolved. */
export function useShownTheme(setting: Settings['theme']): Theme {
  const system = useSyncExternalStore(watchSystemTheme, readSystemTheme);
  return setting === 'system' ? system : setting;
}

/** tokens.css follows the attribute through color-scheme. */
export function useApplyTheme(setting: Settings['theme']): void {
  useEffect(() => {
    if (setting === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = setting;
  }, [setting]);
}
