import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listWindowArguments } from './browser-arguments.ts';

export interface LauncherFile {
  readonly url: string;
  remove(): void;
}

/**
 * A page on disk that only this user can read and that leads to `address`. The browser is started on this file because a
 * command line, and so a token in it, can be read by every user of the machine.
 */
export function writeLauncher(address: string): LauncherFile {
  // mkdtemp makes the folder with mode 0700.
  const folder = mkdtempSync(join(tmpdir(), 'ballast-'));
  const file = join(folder, 'open.html');
  const escaped = address.replace(/&/gu, '&amp;').replace(/"/gu, '&quot;');
  const html = `<!doctype html><meta charset="utf-8"><title>Ballast</title><meta http-equiv="refresh" content="0; url=${escaped}">\n`;
  writeFileSync(file, html, { mode: 0o600, flag: 'wx' });
  return {
    url: pathToFileURL(file).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface WindowOptions {
  readonly browserPath: string;
  /** Of the loopback server. */
  readonly origin: string;
  /** Ballast's own browser profile: no extensions, no history of the user's, nobody signed in. */
  readonly profileDir: string;
  readonly isRoot: boolean;
  /** The browser could not be started at all. */
  readonly onFailure: (error: Error) => void;
}

/** Starts the browser as a window of its own. Where the profile is already open, Chromium hands over to that process. */
export function openWindow(launcher: LauncherFile, options: WindowOptions): ChildProcess {
  mkdirSync(options.profileDir, { recursive: true, mode: 0o700 });
  const args = listWindowArguments(launcher.url, options.origin, options.profileDir, options.isRoot);
  const child = spawn(options.browserPath, args, { stdio: 'ignore' });
  child.once('error', options.onFailure);
  return child;
}
