import { BrowserWindow, type WebContents, type WebPreferences } from 'electron';
import { AppError, toAppError } from '../../../shared/contract/errors.ts';
import { writeFragment } from '../../../shared/contract/socket.ts';
import { PAGE_ORIGIN } from './page-address.ts';

const TIMEOUT_MS = 60_000;

/** Runs in the page. Resolves to what it says of itself once it says something: 'true', or that it gave up. */
const WAIT_FOR_READY = `new Promise((resolve) => {
  const root = document.documentElement;
  const look = () => {
    if (root.dataset.ready === undefined) return;
    observer.disconnect();
    resolve(root.dataset.ready === 'true' ? null : document.body.innerText);
  };
  const observer = new MutationObserver(look);
  observer.observe(root, { attributes: true, attributeFilter: ['data-ready'] });
  look();
})`;

/**
 * Prints the report page in a window nobody sees, which is always destroyed again.
 * @throws AppError print-failed, cancelled
 */
export async function printReport(
  ticket: string,
  signal: AbortSignal,
  webPreferences: WebPreferences,
): Promise<Uint8Array> {
  // As a function: the compiler would take the first answer for the last.
  const isCancelled = (): boolean => signal.aborted;
  if (isCancelled()) throw createCancelled(signal.reason);
  const window = new BrowserWindow({
    show: false,
    width: 800,
    height: 1130,
    // A hidden page would otherwise be slowed down.
    webPreferences: { ...webPreferences, backgroundThrottling: false },
  });
  const stopped = Promise.withResolvers<never>();
  const cancel = (): void => stopped.reject(signal.reason);
  const timer = setTimeout(() => stopped.reject(new Error('the report page did not get ready')), TIMEOUT_MS);
  signal.addEventListener('abort', cancel);
  try {
    // A destroyed window leaves its promises open, so each step races with the end.
    return await Promise.race([print(window, ticket), stopped.promise]);
  } catch (error) {
    if (isCancelled()) throw createCancelled(error);
    throw new AppError('print-failed', 'The report could not be printed.', {
      detail: toAppError(error).detail ?? '',
      help: 'Try again. CSV and JSON exports need no printing.',
      retryable: true,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    window.destroy();
  }
}

function createCancelled(cause: unknown): AppError {
  return new AppError('cancelled', 'Cancelled.', { retryable: true, cause });
}

async function print(window: BrowserWindow, ticket: string): Promise<Uint8Array> {
  await window.loadURL(`${PAGE_ORIGIN}/report.html${writeFragment({ ticket })}`);
  const failure = await waitForPage(window.webContents);
  if (failure !== null) throw new Error(`the report page gave up: ${failure}`);
  return window.webContents.printToPDF({
    pageSize: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
}

/** Null once the page is ready, or the text with which it gave up. */
async function waitForPage(contents: WebContents): Promise<string | null> {
  const answer: unknown = await contents.executeJavaScript(WAIT_FOR_READY);
  return typeof answer === 'string' ? answer : null;
}
