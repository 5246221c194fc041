import { readPagePath } from './page-address.ts';
import type { ShellModule } from './shell.ts';

/** The page gets no permission, no device, no download, and no request that is not for its own files. */
export const guardSession: ShellModule = ({ session }) => {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  // Its dictionaries would be downloaded.
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: readPagePath(url) === null }));
  session.on('will-download', (event) => event.preventDefault());
};
