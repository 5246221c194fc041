import { AppError, toAppError } from '../../../shared/contract/errors.ts';
import type { Browser, LaunchOptions } from 'playwright-core';
import { listQuietArguments } from './browser-arguments.ts';

interface PrintOptions {
  readonly browserPath: string;
  readonly isRoot: boolean;
  /** How long the page may take to load, and then to say that it is ready. */
  readonly timeoutMs: number;
}

/**
 * Prints a page to PDF in a browser of its own, which is always closed again. The page says that everything is in
 * place with `<html data-ready="true">`, or with any other value that it gave up, and why in its text.
 * @throws AppError print-failed, cancelled
 */
export async function printPage(
  url: string,
  signal: AbortSignal,
  options: PrintOptions,
): Promise<Uint8Array> {
  let browser: Browser | null = null;
  // Closing the browser is what makes every step below fail at once.
  const stop = (): void => void browser?.close().catch(() => undefined);
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    // Loaded when first printed: the window needs none of it.
    const { chromium } = await import('playwright-core');
    browser = await chromium.launch(createLaunchOptions(new URL(url).origin, options));
    signal.throwIfAborted();
    const page = await browser.newPage({ acceptDownloads: false, serviceWorkers: 'block' });
    await page.goto(url, { timeout: options.timeoutMs });
    const root = page.locator('html[data-ready]');
    await root.waitFor({ state: 'attached', timeout: options.timeoutMs });
    const ready = await root.getAttribute('data-ready');
    if (ready !== 'true')
      throw new Error(`the report page gave up: ${await page.locator('body').innerText()}`);
    return await page.pdf({
      format: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
    });
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.', { retryable: true, cause: error });
    throw new AppError('print-failed', 'The report could not be printed.', {
      detail: hideFragment(toAppError(error).detail ?? ''),
      help: 'Try again. CSV and JSON exports need no browser.',
      retryable: true,
      cause: error,
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await closeQuietly(browser);
  }
}

function createLaunchOptions(
  origin: string,
  { browserPath, isRoot, timeoutMs }: PrintOptions,
): LaunchOptions {
  return {
    executablePath: browserPath,
    headless: true,
    // Chromium's sandbox refuses to run as root, which is what containers are.
    chromiumSandbox: !isRoot,
    args: [...listQuietArguments(origin), '--disable-gpu'],
    timeout: timeoutMs,
    // Ctrl+C is for the program to handle; it closes the browser through the signal.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
}

/** Playwright quotes the address it went to, and the fragment is a secret, if a used one. */
function hideFragment(text: string): string {
  return text.replace(/#[^\s"']*/gu, '#…');
}

async function closeQuietly(browser: Browser | null): Promise<void> {
  try {
    await browser?.close();
  } catch {
    // It is gone already, which is all that was wanted.
  }
}
