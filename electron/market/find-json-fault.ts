/** Looks through foreign JSON before it is parsed: a text nested without end costs its reader more than its size. */

const MAX_DEPTH = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What is wrong with its nesting; null where nothing is. Says nothing on whether it is JSON. */
export function findJsonFault(text: string): string | null {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) {
      isInString = true;
    } else if (code === 0x7b || code === 0x5b) {
      depth++;
      if (depth > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH}`;
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return null;
}
