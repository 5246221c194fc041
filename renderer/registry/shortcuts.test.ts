import { describe, expect, it } from 'vitest';
import { formatShortcut, isTypedKey, matchesShortcut, type KeyPress } from './shortcuts.ts';

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

describe('a shortcut', () => {
  it('takes Control elsewhere and Command on a Mac', () => {
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'Mod+K', 'linux')).toBe(true);
    expect(matchesShortcut(press('k', { metaKey: true }), 'Mod+K', 'mac')).toBe(true);
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'Mod+K', 'mac')).toBe(false);
    expect(matchesShortcut(press('k', { metaKey: true }), 'Mod+K', 'windows')).toBe(false);
  });

  it('tells Mod+Z from Mod+Shift+Z', () => {
    const undo = press('z', { ctrlKey: true });
    const redo = press('Z', { ctrlKey: true, shiftKey: true });
    expect(matchesShortcut(undo, 'Mod+Z', 'linux')).toBe(true);
    expect(matchesShortcut(redo, 'Mod+Z', 'linux')).toBe(false);
    expect(matchesShortcut(redo, 'Mod+Shift+Z', 'linux')).toBe(true);
  });

  it('takes a sign however the layout makes it', () => {
    expect(matchesShortcut(press('?', { shiftKey: true }), '?', 'linux')).toBe(true);
    expect(matchesShortcut(press('?'), '?', 'linux')).toBe(true);
  });

  it('is not met by another modifier held as well', () => {
    expect(matchesShortcut(press('k', { ctrlKey: true, altKey: true }), 'Mod+K', 'linux')).toBe(false);
  });

  it('is text where somebody types, unless a modifier is part of it', () => {
    expect(isTypedKey('?')).toBe(true);
    expect(isTypedKey('Mod+K')).toBe(false);
  });

  it('is shown as on the keyboard', () => {
    expect(formatShortcut('Mod+Shift+H', 'linux')).toEqual(['Ctrl', 'Shift', 'H']);
    expect(formatShortcut('Mod+Shift+H', 'mac')).toEqual(['⇧', '⌘', 'H']);
  });
});
