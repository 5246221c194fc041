import { expect, it } from 'vitest';
import { findInlineCode } from './inline-code.ts';

it('accepts scripts and styles that come from files', () => {
  const html = `<link rel="stylesheet" href="./a.css"><script type="module" crossorigin src="./a.js"></script><p class="on">on = 1</p>`;
  expect(findInlineCode(html)).toEqual([]);
});

it.each([
  ['<script>boot()</script>', 'inline script'],
  ['<script type="module" data-src="x">boot()</script>', 'inline script'],
  ['<style>p {}</style>', 'inline style'],
  ['<p style="color: red">', 'inline attribute'],
  ['<body onload="boot()">', 'inline attribute'],
])('finds %s', (html, kind) => {
  expect(findInlineCode(html)).toEqual([expect.stringContaining(kind)]);
});
