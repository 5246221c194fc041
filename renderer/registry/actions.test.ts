import { FileText } from 'lucide-react';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/contract/settings.ts';
import type { Portfolio } from '../../shared/domain/account.ts';
import { createText } from '../../shared/text/text.ts';
import { bindKeys } from '../state/text.ts';
import { isActionEnabled, type ActionContext } from './action.ts';
import { listActions } from './actions.ts';
import type { PageEntry } from './page.ts';
import { settingEntries } from './settings.ts';

const ids = ['overview', 'positions', 'exposure', 'simulate', 'reports', 'settings'] as const;
const pages: readonly PageEntry[] = ids.map((id) => ({ id, icon: FileText, Component: () => null }));
const own: Portfolio = { id: 'p1', name: 'Treasury', kind: 'user', networkId: 'ethereum', createdAt: 0 };
const sample: Portfolio = { ...own, id: 'sample', name: 'Sample', kind: 'sample' };
const actions = listActions(pages, [sample, own], []);
const text = createText();
const tKey = bindKeys(text.t);

function contextOf(change: Partial<ActionContext> = {}): ActionContext {
  return {
    settings: DEFAULT_SETTINGS,
    portfolio: own,
    portfolios: [sample, own],
    edits: { state: { undo: null, redo: null }, undo: async () => undefined, redo: async () => undefined },
    isRefreshing: false,
    isInspecting: false,
    navigate: () => undefined,
    saveSettings: () => undefined,
    refresh: () => undefined,
    open: () => undefined,
    closeInspector: () => undefined,
    ...change,
  };
}

function findAction(id: string) {
  return actions.find((action) => action.id === id)!;
}

describe('the action registry', () => {
  it('names every action once, and binds every shortcut once', () => {
    const names = actions.map((action) => action.id);
    const shortcuts = actions.flatMap((action) => action.shortcut ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });

  it('has a text for every title', () => {
    for (const action of actions) {
      const title = action.title(tKey, contextOf());
      expect(title).not.toMatch(/^shell\./u);
      expect(title).not.toContain('{{');
    }
  });

  it('has a text for every setting', () => {
    for (const { title, description } of settingEntries) {
      expect(text.exists(title)).toBe(true);
      expect(text.exists(description)).toBe(true);
    }
  });

  it('refreshes and adds accounts only where there is something to read: the sample is fixed', () => {
    const onSample = contextOf({ portfolio: sample });
    expect(isActionEnabled(findAction('portfolio.refresh'), contextOf())).toBe(true);
    expect(isActionEnabled(findAction('portfolio.refresh'), contextOf({ isRefreshing: true }))).toBe(false);
    expect(isActionEnabled(findAction('portfolio.refresh'), onSample)).toBe(false);
    expect(isActionEnabled(findAction('account.add'), onSample)).toBe(false);
  });

  it('undoes only where there is an edit to undo', () => {
    const edits = { ...contextOf().edits, state: { undo: { key: 'x', params: {} }, redo: null } };
    expect(isActionEnabled(findAction('edit.undo'), contextOf())).toBe(false);
    expect(isActionEnabled(findAction('edit.undo'), contextOf({ edits }))).toBe(true);
  });

  it('says what hiding amounts would do now', () => {
    const hidden = contextOf({ settings: { ...DEFAULT_SETTINGS, hideAmounts: true } });
    expect(findAction('view.hide-amounts').title(tKey, contextOf())).toBe('Hide amounts');
    expect(findAction('view.hide-amounts').title(tKey, hidden)).toBe('Show amounts');
  });
});
