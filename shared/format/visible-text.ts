/** Text from outside (typed, from a file, from a node) as one line that shows all there is of it. Pure. */

/** Breaks of line, for which a space stands in. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/** Control characters, bidirectional overrides and marks, and characters without width: they make a text lie. */
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** In normal form, on one line, without what cannot be seen. May be empty. */
export function keepVisible(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(BREAKS, ' ')
    .replace(INVISIBLE, '')
    .replace(/ {2,}/gu, ' ')
    .trim();
}

/** For repeating it in a sentence: what can be seen of it, cut off after `maxLength` characters. */
export function quoteForeign(text: string, maxLength: number): string {
  // Only so much is looked at: a text of megabytes costs no more than a short one.
  const visible = keepVisible(text.slice(0, maxLength * 4));
  return visible.length > maxLength ? `${visible.slice(0, maxLength).toWellFormed()}…` : visible;
}
