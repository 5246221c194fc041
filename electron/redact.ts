/** Takes what may hold a key out of texts that leave the main process: a URL keeps its scheme and host only. */
import type { AppErrorValue } from '../shared/contract/errors.ts';

/**
 * Up to the first character that can end a URL in running text. The scheme has an end, or a long text without any would
 * be searched anew from each of its letters.
 */
const URL_IN_TEXT = /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'<>`]+/giu;

function redactUrls(text: string): string {
  return text.replace(URL_IN_TEXT, (found) => {
    // The full stop of a sentence is not part of the URL before it.
    const end = /[).,:;!?]+$/u.exec(found)?.[0] ?? '';
    const url = URL.parse(found.slice(0, found.length - end.length));
    return url
      ? `${url.protocol}//${url.host}${url.pathname.length > 1 || url.search !== '' ? '/…' : ''}${end}`
      : '…';
  });
}

/** The error with every URL in its texts shortened. Readers of the chain do so themselves; this is the second fence. */
export function redactError(error: AppErrorValue): AppErrorValue {
  return {
    ...error,
    message: redactUrls(error.message),
    ...(error.detail === undefined ? {} : { detail: redactUrls(error.detail) }),
    ...(error.help === undefined ? {} : { help: redactUrls(error.help) }),
  };
}
