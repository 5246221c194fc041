/** What the palette finds. Pure. */
import {
  ACTION_GROUPS,
  isActionEnabled,
  type Action,
  type ActionContext,
  type ActionGroup,
} from '../registry/action.ts';
import type { TranslateKey } from '../state/text.ts';

export interface PaletteItem {
  readonly action: Action;
  readonly value: string;
  readonly label: string;
}

export interface PaletteGroup {
  readonly value: ActionGroup;
  readonly items: readonly PaletteItem[];
}

/** The actions that can be run now, by group; the palette itself is left out. */
export function listPaletteGroups(
  actions: readonly Action[],
  context: ActionContext,
  tKey: TranslateKey,
): readonly PaletteGroup[] {
  const items = actions
    .filter((action) => action.id !== 'help.palette' && isActionEnabled(action, context))
    .map((action): PaletteItem => ({ action, value: action.id, label: action.title(tKey, context) }));
  return ACTION_GROUPS.map((group) => ({
    value: group,
    items: items.filter(({ action }) => action.group === group),
  })).filter((group) => group.items.length > 0);
}

/** Words nobody looks for: `th` means "theme", not "the". */
const SMALL_WORDS: ReadonlySet<string> = new Set([
  'a',
  'an',
  'and',
  'from',
  'of',
  'the',
  'this',
  'to',
  'what',
]);

/** Every word typed begins a word of the title or of the keywords: `hide am` finds "Hide amounts". */
export function matchesWords(item: PaletteItem, query: string): boolean {
  const words = `${item.label} ${item.action.keywords ?? ''}`.toLowerCase().split(/\s+/u);
  return query
    .toLowerCase()
    .split(/\s+/u)
    .filter((typed) => typed !== '')
    .every((typed) => words.some((word) => word.startsWith(typed) && !SMALL_WORDS.has(word)));
}
