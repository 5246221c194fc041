// No unfinished business in a commit: a marker needs its reason on the same line, after two hyphens.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './fingerprint.ts';
import { projectRoot } from './processes.ts';

// Put together here, so that this file does not find itself.
const markers = ['TO' + 'DO', 'FIX' + 'ME', '@ts-' + 'ignore', '@ts-' + 'nocheck', 'eslint-' + 'disable'];
const pattern = new RegExp(`(?<![\\w-])(?:${markers.join('|')})(?![A-Za-z])`);

/** The lines with a marker and no reason, as `path:line text`. Pure. */
export function findMarkers(path: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const found = pattern.exec(line);
    if (found === null) return [];
    const hasReason = /\s--\s+\w/.test(line.slice(found.index));
    return hasReason ? [] : [`${path}:${index + 1} ${line.trim()}`];
  });
}

function listCandidates(): string[] {
  try {
    const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.split('\0').filter((path) => path !== '');
  } catch {
    // Not a git checkout (a source archive): the same files, as far as that can be told.
    return listFiles(projectRoot, '.').filter((path) => !/^(?:dist|out|release|test-results)\//.test(path));
  }
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(join(projectRoot, path));
    return bytes.includes(0) ? '' : bytes.toString('utf8');
  } catch {
    // Listed by git, deleted on disk.
    return '';
  }
}

if (import.meta.main) {
  const found = listCandidates()
    .filter((path) => !path.endsWith('package-lock.json'))
    .flatMap((path) => findMarkers(path, readText(path)));
  for (const line of found) process.stdout.write(`${line}\n`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
