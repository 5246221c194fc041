import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { encode } from '../../../shared/contract/codec.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { createText } from '../../../shared/text/text.ts';
import { createServices } from '../chromium/testing.ts';
import type * as ElectronHost from './electron-host.ts';
import type * as ForwardEvents from './forward-events.ts';
import type * as LifeCycle from './life-cycle.ts';
import type * as MainWindow from './main-window.ts';
import type * as MenuModule from './menu.ts';
import { loadStubbed } from './testing/load-stubbed.ts';
import { createWindowMemory } from './window-memory.ts';

const program = loadStubbed({ pageDir: '', preload: '' });
const { record, app } = program.stub;
const load = (name: string): unknown => program.load(join(import.meta.dirname, name));
// Each is the module of that name, loaded by Node on the stub.
const { createElectronHost } = load('electron-host.ts') as typeof ElectronHost;
const { createMainWindow } = load('main-window.ts') as typeof MainWindow;
const { askBeforeQuit } = load('life-cycle.ts') as typeof LifeCycle;
const { showProgress } = load('forward-events.ts') as typeof ForwardEvents;
const { createMenuTemplate } = load('menu.ts') as typeof MenuModule;

const { t } = createText();
const folder = mkdtempSync(join(tmpdir(), 'ballast-shell-'));
const memoryFile = join(folder, 'window.json');

afterAll(() => {
  program.stop();
  rmSync(folder, { recursive: true, force: true });
});

const job: Job = {
  id: 'a',
  kind: 'refresh',
  portfolioId: 'p',
  startedAt: 0,
  endedAt: null,
  state: 'running',
  progress: 0.25,
  step: 's',
  error: null,
  resultId: null,
};

beforeEach(() => {
  record.windows.length = 0;
  record.questions.length = 0;
  record.saveDialogs.length = 0;
  app.removeAllListeners();
});

function createWindow() {
  const memory = createWindowMemory(memoryFile);
  const window = createMainWindow({}, memory);
  return {
    memory,
    window,
    host: createElectronHost({ window, memory, webPreferences: { sandbox: true }, t }),
  };
}

describe('quitting', () => {
  function createShell(jobs: readonly Job[]) {
    const { window } = createWindow();
    const closed: string[] = [];
    const served = createServices({ 'jobs.list': () => [...jobs] });
    const closeApp = async (): Promise<void> => void closed.push('closed');
    askBeforeQuit({ served, window, t, closeApp });
    return { closed, window };
  }

  it('asks once while something runs, and goes on when told to stay', async () => {
    const { closed } = createShell([job]);
    record.questionAnswer = 0;
    const before = app.quits;
    app.quit();
    // A second attempt while the question is open changes nothing.
    app.quit();
    await expect.poll(() => record.windows.length).toBe(1);
    expect(record.questions).toHaveLength(1);
    expect([app.quits, closed]).toEqual([before, []]);
  });

  it('stops what runs when told to quit', async () => {
    const { closed } = createShell([job]);
    record.questionAnswer = 1;
    const quit = new Promise((resolve) => app.once('quit', resolve));
    app.quit();
    await quit;
    expect(record.questions).toHaveLength(1);
    expect(closed).toEqual(['closed']);
  });

  it('does not ask about jobs that have ended', async () => {
    createShell([{ ...job, state: 'done', endedAt: 1 }]);
    const quit = new Promise((resolve) => app.once('quit', resolve));
    app.quit();
    await quit;
    expect(record.questions).toEqual([]);
  });
});

describe('printing', () => {
  it('prints the ticket’s page in a hidden window under the same rules, and destroys it', async () => {
    record.runScript = () => null;
    const bytes = await createWindow().host.printReport('a b', new AbortController().signal);
    expect(Buffer.from(bytes).toString()).toBe('%PDF-stub');
    const [window] = record.windows;
    expect(window?.options).toMatchObject({ show: false, webPreferences: { sandbox: true } });
    expect(window?.loaded).toEqual(['app://ballast/report.html#ticket=a+b']);
    expect(window?.webContents.printed).toEqual({
      pageSize: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    expect(window?.isOpen).toBe(false);
  });

  it('passes on why the page gave up', async () => {
    record.runScript = () => 'No such ticket';
    await expect(createWindow().host.printReport('t', new AbortController().signal)).rejects.toMatchObject({
      code: 'print-failed',
      detail: 'the report page gave up: No such ticket',
    });
    expect(record.windows[0]?.isOpen).toBe(false);
  });

  it('can be cancelled while the page never gets ready', async () => {
    const controller = new AbortController();
    record.runScript = () => {
      controller.abort();
      return new Promise(() => undefined);
    };
    await expect(createWindow().host.printReport('t', controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(record.windows[0]?.isOpen).toBe(false);
    await expect(createWindow().host.printReport('t', controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(record.windows).toHaveLength(1);
  });
});

describe('saving a file', () => {
  const file = { name: '../ballast.pdf', mime: 'application/pdf', bytes: new Uint8Array([1, 2]) };

  it('writes where the user said, and offers that folder the next time', async () => {
    const { host } = createWindow();
    const path = join(folder, 'mine.pdf');
    record.saveAnswer = { canceled: false, filePath: path };
    expect(await host.saveFile(file)).toEqual({ path });
    expect([...readFileSync(path)]).toEqual([1, 2]);
    // Another start of the program.
    record.saveAnswer = { canceled: true, filePath: '' };
    expect(await createWindow().host.saveFile(file)).toBe('declined');
    expect(record.saveDialogs.at(-1)?.defaultPath).toBe(join(folder, 'ballast.pdf'));
  });

  it('says so where it cannot be written', async () => {
    record.saveAnswer = { canceled: false, filePath: join(folder, 'nowhere', 'mine.pdf') };
    await expect(createWindow().host.saveFile(file)).rejects.toMatchObject({ code: 'write-failed' });
  });
});

describe('the window', () => {
  it('starts in the default place where the remembered one is unreadable', () => {
    for (const text of ['', '{', '{"bounds":{"x":"1"}}', '[]']) {
      writeFileSync(memoryFile, text);
      createWindow().window.show();
      expect(record.windows.at(-1)?.options).toMatchObject({ x: 280, y: 70, width: 1360, height: 900 });
    }
  });

  it('opens for an action of the menu, and runs it once the page is there', () => {
    const { window } = createWindow();
    window.runAction('go.settings');
    const [opened] = record.windows;
    expect(opened?.webContents.sent).toEqual([]);
    opened?.webContents.emit('did-finish-load');
    expect(opened?.webContents.sent).toEqual([
      ['ballast:event', encode({ kind: 'action', action: 'go.settings' })],
    ]);
  });

  it('comes back after it was closed', () => {
    const { window } = createWindow();
    window.show();
    record.windows[0]?.closeByUser();
    expect(window.get()).toBeNull();
    window.show();
    expect(record.windows).toHaveLength(2);
  });

  it('shows how far running jobs are', () => {
    const { window } = createWindow();
    window.show();
    const served = createServices();
    showProgress({ served, window });
    const emit = (change: Partial<Job>) => {
      served.emit(encode({ kind: 'job', job: { ...job, ...change } }));
      return record.windows[0]?.progress;
    };
    expect(emit({})).toBe(0.25);
    expect(emit({ id: 'b', progress: 0.75 })).toBe(0.5);
    expect(emit({ state: 'done' })).toBe(0.75);
    expect(emit({ id: 'b', progress: null })).toBe(2);
    expect(emit({ id: 'b', state: 'failed' })).toBe(-1);
  });
});

describe('the menus', () => {
  it('have what each system expects', () => {
    const labels = (platform: 'mac' | 'windows' | 'linux') =>
      createMenuTemplate(platform, t, () => undefined).map(({ role, label }) => label ?? role);
    expect(labels('mac')).toEqual(['appMenu', 'File', 'Edit', 'View', 'Window', 'Help']);
    expect(labels('linux')).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
  });

  it('leave the keys of actions to the page, and bind none twice', () => {
    const items = createMenuTemplate('linux', t, () => undefined).flatMap(({ submenu }) =>
      Array.isArray(submenu) ? submenu : [],
    );
    const bound = items.filter(({ accelerator }) => accelerator !== undefined);
    expect(bound.length).toBeGreaterThan(3);
    expect(bound.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true);
    expect(new Set(bound.map(({ accelerator }) => accelerator)).size).toBe(bound.length);
  });
});
