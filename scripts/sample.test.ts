import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from './processes.ts';
import { makeSampleText } from './sample.ts';

it('makes the committed sample, to the byte (else run scripts/make-sample.ts)', async () => {
  const committed = readFileSync(join(projectRoot, 'assets', 'samples', 'sample.json'), 'utf8');
  expect(await makeSampleText()).toBe(committed);
});
