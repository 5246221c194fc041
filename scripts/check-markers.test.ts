import { expect, it } from 'vitest';
import { findMarkers } from './check-markers.ts';

// Put together, so that the check does not find its own test.
const todo = 'TO' + 'DO';
const disable = 'eslint-' + 'disable';

it('finds a marker without a reason, with its line', () => {
  expect(findMarkers('a.ts', `ok\n// ${todo}: later`)).toEqual([`a.ts:2 // ${todo}: later`]);
  expect(findMarkers('a.ts', `// ${disable}-next-line no-console`)).toHaveLength(1);
  expect(findMarkers('a.ts', `// ${'@ts-' + 'ignore'}`)).toHaveLength(1);
  expect(findMarkers('a.ts', `/* ${disable} */`)).toHaveLength(1);
});

it('accepts a marker with a reason', () => {
  expect(
    findMarkers('a.ts', `// ${disable}-next-line no-console -- the command line talks to a terminal`),
  ).toEqual([]);
  expect(findMarkers('a.ts', `// ${disable}-next-line no-console --`)).toHaveLength(1);
});

it('leaves words alone that only contain one', () => {
  expect(findMarkers('a.ts', `const mas${todo}NS = 1; // ${todo}s`)).toEqual([]);
});
