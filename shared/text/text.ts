/** The message catalogue as one typed function: `text.t('positions.title')`. i18next does plurals and parameters. */
import { createInstance, type i18n, type TFunction } from 'i18next';
import { en } from './en/en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** An i18next instance of its own, ready to use: resources are bundled, nothing is loaded. */
export function createText(language = 'en'): i18n {
  const instance = createInstance();
  // Resources are given, so initialisation finishes before this returns; the promise carries nothing more.
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  return instance;
}

export type Translate = TFunction;
