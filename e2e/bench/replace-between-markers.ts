/** Puts generated text into a page, between `<!-- bench:name -->` and `<!-- /bench:name -->`. */
export function replaceBetweenMarkers(page: string, name: string, text: string): string {
  const open = `<!-- bench:${name} -->`;
  const close = `<!-- /bench:${name} -->`;
  const start = page.indexOf(open);
  const end = page.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`The page has no part between ${open} and ${close}.`);
  return `${page.slice(0, start + open.length)}\n${text}\n${page.slice(end)}`;
}
