import { readPagePath } from './page-address.ts';
import type { ShellModule } from './shell.ts';

/** Writing text to the clipboard after a click, which is what copying a figure is. Reading it is another permission. */
const COPY = 'clipboard-sanitized-write';

/** The page gets no permission but to copy, no device, no download, and no request that is not for its own files. */
export const guardSession: ShellModule = ({ session }) => {
  const isCopy = (permission: string, isMainFrame: boolean, url: string): boolean =>
    permission === COPY && isMainFrame && readPagePath(url) !== null;
  // Chromium asks the second first, and the first where the second said no.
  session.setPermissionRequestHandler((_contents, permission, callback, { isMainFrame, requestingUrl }) =>
    callback(isCopy(permission, isMainFrame, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    isCopy(permission, isMainFrame, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  // Its dictionaries would be downloaded.
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: readPagePath(url) === null }));
  session.on('will-download', (event) => event.preventDefault());
};
