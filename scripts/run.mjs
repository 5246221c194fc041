// The door to every script of package.json: `node scripts/run.mjs <file.ts> [arguments]`.
// Plain JavaScript on purpose: it has to start, and explain itself, on a Node too old to run the TypeScript behind it.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED_MAJOR = 24;

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const [file, ...rest] = process.argv.slice(2);
const major = Number(process.versions.node.split('.')[0]);

if (major < NEEDED_MAJOR) {
  fail(
    [
      `Ballast's scripts need Node ${NEEDED_MAJOR} or later; this is Node ${process.versions.node}.`,
      `Normally "npm ci" in the project folder brings its own Node ${NEEDED_MAJOR} for them. Either`,
      '  1. run "npm ci" (without --omit=optional), then the same command again through npm ("npm test", "npm run check"), or',
      `  2. install Node ${NEEDED_MAJOR} from https://nodejs.org, if your platform (${process.platform} ${process.arch}) is not among`,
      '     the optionalDependencies of package.json.',
    ].join('\n'),
  );
}

if (file === undefined || basename(file) !== file || !file.endsWith('.ts')) {
  fail('Usage: node scripts/run.mjs <file.ts> [arguments], where <file.ts> is a file of scripts/.');
} else {
  const target = join(dirname(fileURLToPath(import.meta.url)), file);
  if (!existsSync(target)) fail(`There is no scripts/${file}.`);
  process.argv = [process.argv[0] ?? 'node', target, ...rest];
  // A file URL, because import() takes C:\... for an unknown protocol.
  await import(pathToFileURL(target).href);
}
