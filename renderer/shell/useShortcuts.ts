import { useEffect } from 'react';
import { isActionEnabled, type Action, type ActionContext } from '../registry/action.ts';
import { isTypedKey, matchesShortcut } from '../registry/shortcuts.ts';
import { usePlatform } from '../state/platform.ts';

const TEXT_FIELDS =
  'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable="true"]';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TEXT_FIELDS) !== null;
}

function isInPopup(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('[role=dialog], [role=alertdialog], [role=menu]') !== null
  );
}

/** Undo and redo of a text field are the field's own. */
function belongsToField(action: Action): boolean {
  return action.group === 'edit' || (action.shortcut !== undefined && isTypedKey(action.shortcut));
}

/** Binds the shortcuts of all actions to the window. */
export function useShortcuts(actions: readonly Action[], context: ActionContext): void {
  const platform = usePlatform();
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actions.find(
        ({ shortcut }) => shortcut !== undefined && matchesShortcut(event, shortcut, platform),
      );
      if (action === undefined) return;
      if (isTyping(event.target) && belongsToField(action)) return;
      // Escape closes a popup before it closes anything beneath.
      if (action.shortcut === 'Escape' && isInPopup(event.target)) return;
      // The browser's own meaning (reload, print) would lose what is on the screen.
      event.preventDefault();
      if (isActionEnabled(action, context)) action.run(context);
    };
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, [actions, context, platform]);
}
