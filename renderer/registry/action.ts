import type { Settings } from '../../shared/contract/settings.ts';
import type { Portfolio } from '../../shared/domain/account.ts';
import type { Edits } from '../state/undo.ts';
import type { RouteParams } from '../state/route.ts';
import type { TranslateKey } from '../state/text.ts';
import type { Shortcut } from './shortcuts.ts';

export const ACTION_GROUPS = ['go', 'page', 'portfolio', 'view', 'edit', 'setting', 'help'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** What the shell can open over the page. */
export type Overlay = 'palette' | 'shortcuts' | 'new-portfolio';

/** What an action may look at and do. Made by the shell; actions hold no state of their own. */
export interface ActionContext {
  readonly settings: Settings;
  readonly portfolio: Portfolio | null;
  readonly portfolios: readonly Portfolio[];
  readonly edits: Edits;
  readonly isRefreshing: boolean;
  readonly isInspecting: boolean;
  readonly navigate: (page: string, params?: RouteParams) => void;
  readonly saveSettings: (change: Partial<Settings>) => void;
  readonly refresh: () => void;
  readonly open: (overlay: Overlay) => void;
  readonly closeInspector: () => void;
}

/**
 * Something the user can do. One entry feeds the palette, the shortcuts, their sheet, and the menus of the host, which
 * name it by its id.
 */
export interface Action {
  readonly id: string;
  readonly title: (tKey: TranslateKey, context: ActionContext) => string;
  readonly group: ActionGroup;
  readonly shortcut?: Shortcut | undefined;
  /** Further words it is found by, not shown. */
  readonly keywords?: string | undefined;
  /** Always, where absent. */
  readonly isEnabled?: ((context: ActionContext) => boolean) | undefined;
  readonly run: (context: ActionContext) => void;
}

export function isActionEnabled(action: Action, context: ActionContext): boolean {
  return action.isEnabled?.(context) ?? true;
}
