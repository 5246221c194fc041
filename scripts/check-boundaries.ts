// Who may import whom, and who may touch the clock, the disk and the network: docs and habit say so, this proves it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkedAreas, judgeGlobal, judgeImport, watchedGlobals } from './boundary-rules.ts';
import { listFiles } from './fingerprint.ts';
import { projectRoot } from './processes.ts';
import { readSourceFacts } from './source-facts.ts';

export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

/** The broken rules of one source. `path` is from the project's root, with forward slashes. Pure. */
export function findViolations(path: string, source: string): Violation[] {
  const facts = readSourceFacts(path, source, watchedGlobals);
  return [
    ...facts.imports.flatMap((found) =>
      judgeImport(path, found).map((rule) => ({ path, line: found.line, rule })),
    ),
    ...facts.globals.flatMap((found) =>
      judgeGlobal(path, found).map((rule) => ({ path, line: found.line, rule })),
    ),
  ].sort((a, b) => a.line - b.line);
}

function checkTree(): Violation[] {
  return checkedAreas
    .flatMap((area) => listFiles(projectRoot, area))
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => findViolations(path, readFileSync(join(projectRoot, path), 'utf8')));
}

if (import.meta.main) {
  const violations = checkTree();
  for (const { path, line, rule } of violations) process.stdout.write(`${path}:${line} ${rule}\n`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
