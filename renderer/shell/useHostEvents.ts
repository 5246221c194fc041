import { useEffect } from 'react';
import type { AppEvent } from '../../shared/contract/methods.ts';
import { isActionEnabled, type Action, type ActionContext } from '../registry/action.ts';
import { useClient } from '../state/client.tsx';

/** The browser's own way to save a file: the host that has no dialog sends the bytes here. */
function offerFile({ name, mime, bytes }: Extract<AppEvent, { kind: 'file' }>): void {
  // A view over a shared buffer is no part of a blob; decoding made this one fresh.
  const blob = new Blob([Uint8Array.from(bytes)], { type: mime });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken hold of the blob by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Runs the actions the host's menus name, and saves the files it sends. */
export function useHostEvents(actions: readonly Action[], context: ActionContext): void {
  const client = useClient();
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.kind === 'file') offerFile(event);
        if (event.kind !== 'action') return;
        const action = actions.find(({ id }) => id === event.action);
        if (action && isActionEnabled(action, context)) action.run(context);
      }),
    [client, actions, context],
  );
}
