import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { app, dialog, Notification, type WebPreferences } from 'electron';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Translate } from '../../../shared/text/text.ts';
import type { Host } from '../../host.ts';
import type { MainWindow } from './main-window.ts';
import { printReport } from './print-report.ts';
import type { WindowMemoryFile } from './window-memory.ts';

interface ElectronHostOptions {
  readonly window: MainWindow;
  readonly memory: WindowMemoryFile;
  readonly webPreferences: WebPreferences;
  readonly t: Translate;
}

/** Dialogs, printing and notifications over Electron. */
export function createElectronHost({ window, memory, webPreferences, t }: ElectronHostOptions): Host {
  async function askForPath(name: string): Promise<string | null> {
    const options = {
      title: t('desktop.save.title'),
      // The name is our own, but a path in it would be a surprise in a dialog.
      defaultPath: join(memory.get().saveFolder ?? app.getPath('documents'), basename(name)),
    };
    const parent = window.get();
    const answer = await (parent === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(parent, options));
    return answer.canceled || answer.filePath === '' ? null : answer.filePath;
  }

  return {
    kind: 'electron',
    canPrint: true,
    async saveFile({ name, bytes }) {
      const path = await askForPath(name);
      if (path === null) return 'declined';
      memory.update({ saveFolder: dirname(path) });
      try {
        await writeFile(path, bytes);
      } catch (error) {
        throw new AppError('write-failed', `The file ${basename(path)} could not be written.`, {
          detail: error instanceof Error ? error.message : String(error),
          help: 'Check the folder and the space on the disk, or save it elsewhere.',
          retryable: true,
          cause: error,
        });
      }
      return { path };
    },
    printReport: (ticket, signal) => printReport(ticket, signal, webPreferences),
    notify(title, body) {
      if (window.isFocused() || !Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', () => window.show());
      notification.show();
    },
  };
}
