import { describe, expect, it } from 'vitest';
import type { Action } from '../registry/action.ts';
import { matchesWords, type PaletteItem } from './matchActions.ts';

function item(label: string, keywords?: string): PaletteItem {
  const action: Action = {
    id: label,
    group: 'view',
    title: () => label,
    run: () => undefined,
    keywords,
  };
  return { action, label, value: label };
}

describe('the palette', () => {
  const hide = item('Hide amounts', 'privacy cover');

  it('finds an action by the beginnings of its words, in any order', () => {
    expect(matchesWords(hide, 'am hi')).toBe(true);
    expect(matchesWords(hide, '  HIDE  ')).toBe(true);
    expect(matchesWords(hide, '')).toBe(true);
  });

  it('finds it by words that are not shown', () => {
    expect(matchesWords(hide, 'priv')).toBe(true);
  });

  it('does not find it by the middle of a word', () => {
    expect(matchesWords(hide, 'mount')).toBe(false);
    expect(matchesWords(hide, 'hide all')).toBe(false);
  });
});
