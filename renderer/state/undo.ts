/** Undo and redo of edits, each saying what it did. */
import { useCallback } from 'react';
import type { UndoState } from '../../shared/contract/methods.ts';
import { toast } from '../ui/toast.ts';
import { useText } from './text.ts';
import { useCommand, type Outcome } from './useCommand.ts';
import { useQuery } from './useQuery.ts';

/** One toast for edits: an offer to take back an edit that was already taken back would undo an older one. */
const EDIT_TOAST = 'undo';

const NOTHING: UndoState = { undo: null, redo: null };

export interface Edits {
  readonly state: UndoState;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

export function useEdits(): Edits {
  const { t, tKey } = useText();
  const state = useQuery('edits.state', {}).data ?? NOTHING;
  const { run: runUndo } = useCommand('edits.undo');
  const { run: runRedo } = useCommand('edits.redo');
  /** Says what was taken back or done again, in place of any earlier offer to undo. */
  const tell = useCallback(
    (outcome: Outcome<UndoState>, done: 'undone' | 'redone', edit: string) => {
      if (outcome.ok) toast({ id: EDIT_TOAST, title: t(`shell.undo.${done}`, { edit }) });
      else {
        const title = t('shell.undo.failed', { edit });
        toast({ id: EDIT_TOAST, title, body: outcome.error.message, tone: 'loss' });
      }
    },
    [t],
  );
  const undo = useCallback(async () => {
    if (state.undo !== null) tell(await runUndo({}), 'undone', tKey(state.undo.key, state.undo.params));
  }, [state.undo, runUndo, tell, tKey]);
  const redo = useCallback(async () => {
    if (state.redo !== null) tell(await runRedo({}), 'redone', tKey(state.redo.key, state.redo.params));
  }, [state.redo, runRedo, tell, tKey]);
  return { state, undo, redo };
}

/** After an edit: says what was done, and offers to take it back. */
export function useUndoToast(): (done: string) => void {
  const { t } = useText();
  const { run } = useCommand('edits.undo');
  return useCallback(
    (done) => {
      const action = {
        label: t('shell.undo.action'),
        run: async () => {
          const outcome = await run({});
          if (!outcome.ok)
            toast({ id: EDIT_TOAST, title: t('shell.undo.failed', { edit: done }), tone: 'loss' });
        },
      };
      // Undo takes back the last edit, so only the last one may offer it.
      toast({ id: EDIT_TOAST, title: done, action });
    },
    [run, t],
  );
}
