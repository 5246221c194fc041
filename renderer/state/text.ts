/** The message catalogue for components. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_LOCALE } from '../../shared/format/numbers.ts';
import type { Translate } from '../../shared/text/text.ts';

/** For keys that come with data (a figure's name, a job's step). An unknown key shows as itself. */
export type TranslateKey = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export interface Text {
  readonly t: Translate;
  readonly tKey: TranslateKey;
  readonly locale: string;
}

/** `t` for keys known at compile time, as one for keys that are not. */
export function bindKeys(t: Translate): TranslateKey {
  // The catalogue's keys are a closed union; a key that arrives with data cannot be one at compile time.
  const loose = t as unknown as TranslateKey;
  return (key, params = {}) => loose(key, params);
}

export function useText(): Text {
  const { t } = useTranslation();
  const tKey = useCallback<TranslateKey>((key, params) => bindKeys(t)(key, params), [t]);
  return { t, tKey, locale: DEFAULT_LOCALE };
}
