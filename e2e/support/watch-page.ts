/** What a page does that nobody sees: complaints in its console, requests elsewhere, words to the main process. */
import type { BrowserContext, Page } from '@playwright/test';

export interface PageWatch {
  /** Console errors, uncaught errors, and requests to anybody but the program: none of them may be there at the end. */
  readonly complaints: readonly string[];
  /** Every URL asked for, `ws:` included. */
  readonly requests: readonly string[];
  /** Every frame the page has sent to the main process, as text. */
  readonly sentFrames: readonly string[];
  /** From here on the page may complain in these words: for a test that takes the program away from under it. */
  allow(complaint: RegExp): void;
}

/** Watches all pages of the context, those opened later too. `origin` is asked each time: it changes with a restart. */
export function watchPages(context: BrowserContext, origin: () => string): PageWatch {
  const complaints: string[] = [];
  const requests: string[] = [];
  const sentFrames: string[] = [];
  const allowed: RegExp[] = [];
  const origins = new Set<string>();
  const complain = (text: string): void => {
    if (!allowed.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  const judge = (url: string): void => {
    origins.add(origin());
    const { protocol, origin: asked } = new URL(url.replace(/^ws:/u, 'http:'));
    // What the page has made itself: downloads, and the icons in its style sheets.
    if (protocol === 'blob:' || protocol === 'data:') return;
    requests.push(url);
    if (!origins.has(asked)) complain(`request to ${url}`);
  };
  const watch = (page: Page): void => {
    // Chromium reports what the content security policy stops as errors of the console.
    page.on('console', (message) => {
      if (message.type() === 'error') complain(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complain(`uncaught: ${error.message}`));
    page.on('crash', () => complain('the page crashed'));
    page.on('websocket', (socket) => {
      judge(socket.url());
      socket.on('framesent', ({ payload }) => sentFrames.push(payload.toString()));
    });
  };
  context.on('request', (request) => judge(request.url()));
  context.on('page', watch);
  for (const page of context.pages()) watch(page);
  return { complaints, requests, sentFrames, allow: (complaint) => allowed.push(complaint) };
}
