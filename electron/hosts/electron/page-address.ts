/** The one origin Electron's windows show. */
export const PAGE_SCHEME = 'app';
const PAGE_HOST = 'ballast';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`;

/** The path of a URL of ours, as it stands in it; null for any other URL. */
export function readPagePath(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, username, password, pathname } = new URL(url);
  const isOurs = protocol === `${PAGE_SCHEME}:` && host === PAGE_HOST && username === '' && password === '';
  return isOurs ? pathname : null;
}
