import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoteCssString, writePageRules } from './pageMargins.ts';

/** Undoes the escapes of a CSS string (CSS Syntax 3, 4.3.7). */
function readCssString(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\([0-9a-f]{1,6}) /gu, (_, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, 16)),
    );
}

it('lets no name end the string or the rule it stands in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const quoted = quoteCssString(name);
      expect(quoted.slice(1, -1)).not.toMatch(/["\n\r\f{}]|\\(?![0-9a-f])/u);
      expect(readCssString(quoted)).toBe(name.replace(/\s+/gu, ' ').trim());
    }),
  );
});

it('cuts a long name and says so', () => {
  expect(quoteCssString('W'.repeat(80))).toBe(`"${'W'.repeat(69)}…"`);
});

it('numbers every page, and leaves the header of the cover empty', () => {
  const rules = writePageRules({ topLeft: 'Treasury', topRight: 'Sample', bottomLeft: 'Block 7' });
  expect(rules).toContain('counter(page) " / " counter(pages)');
  expect(rules).toMatch(
    /@page :first \{\s*@top-left \{ content: none; \}\s*@top-right \{ content: none; \}/u,
  );
});
