/** What every reader of the network asks of an HTTP failure: when to come back, and what the system says. */

/** RFC 9110, 10.2.3: seconds, or a date. In milliseconds; null where it does not say. */
export function readRetryAfter(headers: Headers | undefined, now: () => number): number | null {
  const text = headers?.get('retry-after')?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+$/u.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now());
}

/** The error and its causes, outermost first. */
export function listCauses(thrown: unknown): unknown[] {
  const links: unknown[] = [];
  let link = thrown;
  while (link !== undefined && link !== null && links.length < 20) {
    links.push(link);
    link = link instanceof Error ? link.cause : undefined;
  }
  return links;
}

/** ECONNREFUSED, ENOTFOUND, certificate codes: what the operating system or TLS says, without any address. */
export function systemCodesOf(links: readonly unknown[]): string[] {
  return links.flatMap((link) =>
    link instanceof Error && 'code' in link && typeof link.code === 'string' ? [link.code] : [],
  );
}
