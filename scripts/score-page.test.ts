import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SCORE_DECLARATIONS } from '../shared/domain/score/score-inputs.ts';
import { score } from '../shared/text/en/score.ts';
import { renderScorePage, SCORE_PAGE } from './score-page.ts';

it('is what the score is computed with; if not, run `npm run method`', () => {
  expect(readFileSync(join(import.meta.dirname, '..', SCORE_PAGE), 'utf8')).toBe(renderScorePage());
});

it('names every input with all of its knots', () => {
  const page = renderScorePage();
  for (const { id, knots } of SCORE_DECLARATIONS) {
    expect(page).toContain(`**${score.input[id]}.**`);
    expect(page).toContain(`| points | ${knots.map(([, points]) => points).join(' | ')} |`);
  }
  expect(page).not.toContain('{{');
  expect(page).not.toContain('undefined');
});
