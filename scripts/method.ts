/** Writes the pages of the documentation that are made from the program's own declarations. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderScorePage, SCORE_PAGE } from './score-page.ts';

const root = join(import.meta.dirname, '..');
writeFileSync(join(root, SCORE_PAGE), renderScorePage());
console.log(`${SCORE_PAGE} is up to date.`);
