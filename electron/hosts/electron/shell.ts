import type { Session } from 'electron';
import type { Translate } from '../../../shared/text/text.ts';
import type { ServedApp } from '../../host.ts';
import type { PlatformName } from '../../platform.ts';
import type { PageFiles } from '../page-files.ts';
import type { MainWindow } from './main-window.ts';

/** What the modules of the Electron host work on. Each is one function on it, and can be read and tested alone. */
export interface Shell {
  readonly session: Session;
  readonly files: PageFiles;
  readonly served: ServedApp;
  readonly window: MainWindow;
  readonly t: Translate;
  readonly platform: PlatformName;
  /** Stops the services and closes the store. */
  readonly closeApp: () => Promise<void>;
}

export type ShellModule = (shell: Shell) => void;
