import { protocol } from 'electron';
import { findPageFile } from '../page-files.ts';
import { createPageHeaders } from '../page-headers.ts';
import { PAGE_SCHEME, readPagePath } from './page-address.ts';
import type { ShellModule } from './shell.ts';

/**
 * To be called before Electron is ready. `standard` gives the scheme an origin, `secure` a secure context; modules and
 * fonts are fetched in CORS mode, also by their own origin. No other origin ever gets into the session to make use of it.
 */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: PAGE_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true },
    },
  ]);
}

/** Answers app://ballast/ with the built page, and everything else below app: with 404. */
export const servePage: ShellModule = ({ session, files }) => {
  session.protocol.handle(PAGE_SCHEME, ({ method, url }) => {
    const path = readPagePath(url);
    const file = path === null ? undefined : findPageFile(files, path);
    if (file === undefined || method !== 'GET') {
      return new Response('Not found\n', { status: 404, headers: createPageHeaders("'none'", 'text/plain') });
    }
    return new Response(file.bytes, { headers: createPageHeaders("'none'", file.type) });
  });
};
