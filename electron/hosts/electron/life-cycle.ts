import { app, dialog } from 'electron';
import { hasRunningJob } from '../running-jobs.ts';
import type { Shell, ShellModule } from './shell.ts';

/** Windows come back when asked for; the last one ends the program, except on macOS, where that is not the custom. */
export const keepWindows: ShellModule = ({ window, platform }) => {
  app.on('second-instance', () => window.show());
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => {
    if (platform !== 'mac') app.quit();
  });
};

type QuitShell = Pick<Shell, 'served' | 'window' | 't' | 'closeApp'>;

/** Asks once before a running job is stopped, and closes the store before the program ends. */
export function askBeforeQuit(shell: QuitShell): void {
  let state: 'running' | 'deciding' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'deciding') return;
    state = 'deciding';
    void decide();
  });

  async function decide(): Promise<void> {
    if (!(await mayQuit(shell))) {
      state = 'running';
      // The question may have come after the last window was closed.
      shell.window.show();
      return;
    }
    // Quitting must not fail for what cannot be closed in order any more.
    await shell.closeApp().catch(() => undefined);
    state = 'closed';
    app.quit();
  }
}

async function mayQuit({ served, window, t }: QuitShell): Promise<boolean> {
  if (!(await hasRunningJob(served).catch(() => false))) return true;
  const options = {
    type: 'question' as const,
    message: t('desktop.quit.title'),
    detail: t('desktop.quit.body'),
    buttons: [t('desktop.quit.stay'), t('desktop.quit.quit')],
    defaultId: 0,
    cancelId: 0,
  };
  const parent = window.get();
  const answer = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  return answer.response === 1;
}
