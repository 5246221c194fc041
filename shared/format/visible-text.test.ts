import { expect, it } from 'vitest';
import { keepVisible, quoteForeign } from './visible-text.ts';

it.each([
  ['\u001b]0;title\u0007\u001b[31mred', ']0;title[31mred'],
  ['paid \u202eoot\u202c', 'paid oot'],
  ['two\r\nlines', 'two lines'],
  ['  zero\u200bwidth  ', 'zerowidth'],
  // A family of emoji is held together by joiners, and Persian is not written without them.
  ['\u{1f468}\u200d\u{1f467}', '\u{1f468}\u200d\u{1f467}'],
])('shows %j as %j', (text, shown) => {
  expect(keepVisible(text)).toBe(shown);
});

it('cuts what is long, and says so', () => {
  expect(quoteForeign('short', 10)).toBe('short');
  expect(quoteForeign('x'.repeat(5_000_000), 10)).toBe(`${'x'.repeat(10)}…`);
  expect(quoteForeign('\u{1f468}'.repeat(10), 3).isWellFormed()).toBe(true);
});
