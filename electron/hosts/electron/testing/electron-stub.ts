/**
 * Stands in for the module `electron` under plain Node: it remembers what the program asks for, and lets a test do what
 * Chromium and the user would. It implements what the program uses, and answers as the documentation says Electron does.
 */
import { EventEmitter } from 'node:events';

type Handler = (...args: never[]) => unknown;

export class StubEvent {
  isPrevented = false;
  preventDefault(): void {
    this.isPrevented = true;
  }
}

class StubContents extends EventEmitter {
  readonly sent: [channel: string, text: string][] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  webRtcPolicy = 'default';
  printed: object | null = null;

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }

  send(channel: string, text: string): void {
    this.sent.push([channel, text]);
  }

  executeJavaScript(): unknown {
    return record.runScript();
  }

  async printToPDF(options: object): Promise<Buffer> {
    this.printed = options;
    return Buffer.from('%PDF-stub');
  }
}

export class BrowserWindow extends EventEmitter {
  readonly options: Record<string, unknown>;
  readonly webContents = new StubContents();
  readonly loaded: string[] = [];
  isOpen = true;
  progress = -1;

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    record.windows.push(this);
    app.emit('web-contents-created', new StubEvent(), this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }

  show(): void {
    record.shown += 1;
  }

  destroy(): void {
    this.isOpen = false;
    this.emit('closed');
  }

  focus(): void {
    this.emit('focus');
  }

  maximize(): void {
    this.emit('maximize');
  }

  isMinimized(): boolean {
    return false;
  }

  isMaximized(): boolean {
    return false;
  }

  isFocused(): boolean {
    return false;
  }

  getNormalBounds(): object {
    return { x: 10, y: 20, width: 800, height: 600 };
  }

  setProgressBar(progress: number): void {
    this.progress = progress;
  }

  /** What the user's click on the close button does. */
  closeByUser(): void {
    this.emit('close', new StubEvent());
    this.destroy();
    app.emit('window-all-closed');
  }
}

class StubApp extends EventEmitter {
  readonly paths = new Map<string, string>();
  readonly switches = new Map<string, string>();
  readonly commandLine = { appendSwitch: (name: string, value = '') => void this.switches.set(name, value) };
  isSandboxed = false;
  quits = 0;

  enableSandbox(): void {
    this.isSandboxed = true;
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  getPath(name: string): string {
    return this.paths.get(name) ?? `/stub/${name}`;
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  quit(): void {
    const event = new StubEvent();
    this.emit('before-quit', event);
    if (event.isPrevented) return;
    this.quits += 1;
    this.emit('quit');
  }

  exit(code: number): void {
    this.emit('exited', code);
  }
}

class StubSession extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  readonly protocol = {
    handle: (scheme: string, handler: Handler) => this.keep(`protocol:${scheme}`, handler),
  };
  readonly webRequest = { onBeforeRequest: (handler: Handler) => this.keep('onBeforeRequest', handler) };
  isSpellChecking = true;

  private keep(name: string, handler: Handler): void {
    this.handlers.set(name, handler);
  }

  setPermissionRequestHandler(handler: Handler): void {
    this.keep('permissionRequest', handler);
  }

  setPermissionCheckHandler(handler: Handler): void {
    this.keep('permissionCheck', handler);
  }

  setDevicePermissionHandler(handler: Handler): void {
    this.keep('devicePermission', handler);
  }

  setDisplayMediaRequestHandler(handler: Handler): void {
    this.keep('displayMedia', handler);
  }

  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.isSpellChecking = isEnabled;
  }
}

/** What was asked for, and how the user answers. */
export const record = {
  windows: [] as BrowserWindow[],
  shown: 0,
  channels: new Map<string, (event: object, ...args: unknown[]) => Promise<string>>(),
  schemes: [] as object[],
  partitions: [] as string[],
  opened: [] as string[],
  menu: [] as { label?: string; submenu?: { label?: string; click?: () => void }[] }[],
  errors: [] as string[],
  exposed: new Map<string, unknown>(),
  invoked: [] as [channel: string, input: unknown][],
  questions: [] as object[],
  saveDialogs: [] as { defaultPath?: string }[],
  questionAnswer: 0,
  saveAnswer: { canceled: true, filePath: '' },
  runScript: (): unknown => null,
};

export const app = new StubApp();
export const stubSession = new StubSession();
export const session = {
  fromPartition(name: string): StubSession {
    record.partitions.push(name);
    return stubSession;
  },
};
export const protocol = {
  registerSchemesAsPrivileged: (schemes: object[]) => void record.schemes.push(...schemes),
};
export const ipcMain = {
  handle: (channel: string, handler: (event: object, ...args: unknown[]) => Promise<string>) =>
    void record.channels.set(channel, handler),
};
export const ipcRenderer = Object.assign(new EventEmitter(), {
  async invoke(channel: string, input: unknown): Promise<string> {
    record.invoked.push([channel, input]);
    return 'answer';
  },
});
export const contextBridge = {
  exposeInMainWorld: (name: string, value: unknown) => void record.exposed.set(name, value),
};
export const shell = { openExternal: async (url: string) => void record.opened.push(url) };
export const dialog = {
  showErrorBox: (title: string, text: string) => void record.errors.push(`${title}: ${text}`),
  async showMessageBox(...args: object[]) {
    record.questions.push(args.at(-1) ?? {});
    return { response: record.questionAnswer };
  },
  async showSaveDialog(...args: { defaultPath?: string }[]) {
    record.saveDialogs.push(args.at(-1) ?? {});
    return record.saveAnswer;
  },
};
export const Menu = {
  buildFromTemplate: (template: typeof record.menu) => template,
  setApplicationMenu: (menu: typeof record.menu) => void (record.menu = menu),
};
export const screen = {
  getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
  getAllDisplays: () => [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
};
export const nativeTheme = { shouldUseDarkColors: false };
export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return false;
  }
}
