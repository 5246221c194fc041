/** What in a built HTML file the page's content security policy would refuse, one line each. */
export function findInlineCode(html: string): string[] {
  const found: string[] = [];
  for (const [tag] of html.matchAll(/<script\b[^>]*>/gi)) {
    if (!/\ssrc\s*=/i.test(tag)) found.push(`inline script: ${tag}`);
  }
  for (const [tag] of html.matchAll(/<style\b[^>]*>/gi)) found.push(`inline style: ${tag}`);
  for (const [tag] of html.matchAll(/<[a-z][^>]*\s(?:style|on[a-z]+)\s*=[^>]*>/gi)) {
    found.push(`inline attribute: ${tag}`);
  }
  return found;
}
