// Writes assets/samples/sample.json. The file is committed; a test proves that it is what this makes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from './processes.ts';
import { makeSampleText } from './sample.ts';

const path = join(projectRoot, 'assets', 'samples', 'sample.json');
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, await makeSampleText());
process.stdout.write(`${relative(projectRoot, path)}\n`);
