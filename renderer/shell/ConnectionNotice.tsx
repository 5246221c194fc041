import { useSyncExternalStore } from 'react';
import { useText } from '../state/text.ts';
import type { ConnectionState } from '../transport.ts';
import { Banner } from '../ui/Banner.tsx';

/** By then about ten seconds have passed (see the delays in transport.ts): the program may have been stopped. */
const LONG_LOST_ATTEMPTS = 6;

/** The part of a Connection that says how it is. */
export interface ConnectionStates {
  readonly getState: () => ConnectionState;
  readonly subscribeState: (listener: () => void) => () => void;
}

export function useConnectionState({ subscribeState, getState }: ConnectionStates): ConnectionState {
  return useSyncExternalStore(subscribeState, getState);
}

/** Says that what is shown may be old, because the main process does not answer. */
export function ConnectionNotice({ state }: { readonly state: ConnectionState }) {
  const { t } = useText();
  switch (state.kind) {
    case 'connected':
      return null;
    case 'reconnecting':
      return (
        <Banner tone="caution" title={t('shell.connection.lostTitle')} isWide isUrgent>
          {t(state.attempts < LONG_LOST_ATTEMPTS ? 'shell.connection.lostBody' : 'shell.connection.goneBody')}
        </Banner>
      );
    case 'refused':
      return (
        <Banner tone="loss" title={t('shell.connection.refusedTitle')} isWide isUrgent>
          {t(`shell.connection.${state.reason}`)}
        </Banner>
      );
  }
}
