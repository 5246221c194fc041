/** Shortcuts that a page binds while it is shown, named so that they can be looked up from every page. */
import type { Shortcut } from './shortcuts.ts';

export const RUN_SCENARIO = 'Mod+Enter' satisfies Shortcut;

export const pageShortcuts = [
  { page: 'simulate', title: 'simulate.scenario.action', shortcut: RUN_SCENARIO },
] as const satisfies readonly {
  readonly page: string;
  /** The message that names it in the palette. */
  readonly title: string;
  readonly shortcut: Shortcut;
}[];
