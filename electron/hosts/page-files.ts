/**
 * The built page as a fixed list, read once at start. A request is answered by looking its path up in that list, as it
 * came: nothing is decoded, joined or normalised, so no path can lead anywhere else, and a rebuild cannot mix two versions.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Content-Type. */
  readonly type: string;
}

/** By absolute URL path: `/index.html`, `/assets/index-1a2b.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** What a page consists of; anything else in the folder is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Reads the page's folder. Symbolic links are left out: they could point anywhere. Throws where there is no folder. */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  const visit = (path: string, urlPath: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const full = join(path, entry.name);
      const url = `${urlPath}/${entry.name}`;
      if (entry.isDirectory()) visit(full, url);
      const type = TYPES[extname(entry.name)];
      if (entry.isFile() && type !== undefined)
        files.set(url, { bytes: new Uint8Array(readFileSync(full)), type });
    }
  };
  visit(folder, '');
  return files;
}

/** The file of a URL path, exactly as requested; `/` is the page itself. */
export function findPageFile(files: PageFiles, path: string): PageFile | undefined {
  return files.get(path === '/' ? '/index.html' : path);
}
