/**
 * Shortcuts as data: `Mod+Shift+H`, where Mod is Command on a Mac and Control elsewhere. One form is matched, shown
 * and documented.
 */

export type Platform = 'mac' | 'windows' | 'linux';

type Letter =
  | 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M'
  | 'N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U' | 'V' | 'W' | 'X' | 'Y' | 'Z'; // prettier-ignore
type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type Key = Letter | Digit | ',' | '?' | '/' | 'Enter' | 'Escape';

/** A wrong spelling does not compile. `?` is typed with whatever keys the layout wants. */
export type Shortcut = `Mod+Shift+${Key}` | `Mod+${Key}` | `Alt+${Key}` | Key;

/** The parts of a KeyboardEvent that decide. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface ParsedShortcut {
  readonly key: string;
  readonly hasMod: boolean;
  readonly hasShift: boolean;
  readonly hasAlt: boolean;
}

function parseShortcut(shortcut: Shortcut): ParsedShortcut {
  const parts = shortcut.split('+');
  return {
    key: parts.at(-1) ?? '',
    hasMod: parts.includes('Mod'),
    hasShift: parts.includes('Shift'),
    hasAlt: parts.includes('Alt'),
  };
}

function isLetterOrDigit(key: string): boolean {
  return /^[a-z0-9]$/iu.test(key);
}

export function matchesShortcut(press: KeyPress, shortcut: Shortcut, platform: Platform): boolean {
  const { key, hasMod, hasShift, hasAlt } = parseShortcut(shortcut);
  const isModHeld = platform === 'mac' ? press.metaKey : press.ctrlKey;
  const isOtherModHeld = platform === 'mac' ? press.ctrlKey : press.metaKey;
  if (isModHeld !== hasMod || isOtherModHeld || press.altKey !== hasAlt) return false;
  // On many layouts a sign needs Shift, so Shift is only told apart where the key is a letter or a digit.
  if (isLetterOrDigit(key) && press.shiftKey !== hasShift) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

/** A key without Control or Command is text where somebody types. */
export function isTypedKey(shortcut: Shortcut): boolean {
  const { hasMod, hasAlt } = parseShortcut(shortcut);
  return !hasMod && !hasAlt;
}

/** The keys as printed on the keyboard: `⇧ ⌘ H`, or `Ctrl Shift H`. */
export function formatShortcut(shortcut: Shortcut, platform: Platform): readonly string[] {
  const { key, hasMod, hasShift, hasAlt } = parseShortcut(shortcut);
  const isMac = platform === 'mac';
  return [
    ...(hasMod && !isMac ? ['Ctrl'] : []),
    ...(hasAlt ? [isMac ? '⌥' : 'Alt'] : []),
    ...(hasShift ? [isMac ? '⇧' : 'Shift'] : []),
    ...(hasMod && isMac ? ['⌘'] : []),
    key === 'Escape' ? 'Esc' : key,
  ];
}

/** For aria-keyshortcuts: `Control+Shift+H`. */
export function describeShortcut(shortcut: Shortcut, platform: Platform): string {
  return shortcut.replace('Mod', platform === 'mac' ? 'Meta' : 'Control');
}
