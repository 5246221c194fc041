/**
 * Undo and redo of edits, for as long as the program runs. An edit is already done, and on disk, when it is pushed;
 * the two functions it carries each leave the store in one of two states, before and after.
 */
import type { UndoState } from '../../shared/contract/methods.ts';
import type { Changes } from './changes.ts';

export interface EditName {
  /** Message key below `edits`. */
  readonly key: string;
  /** Names and labels only: no address, no URL. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Edit {
  readonly name: EditName;
  readonly undo: () => void;
  readonly redo: () => void;
}

export interface UndoStack {
  push(edit: Edit): void;
  state(): UndoState;
  /** Takes the last edit back; nothing happens where there is none. */
  undo(): UndoState;
  redo(): UndoState;
}

/** What was removed is held in memory until its edit is forgotten. */
const KEPT_EDITS = 100;

export function createUndoStack(changes: Changes): UndoStack {
  const done: Edit[] = [];
  const undone: Edit[] = [];

  function describe(edit: Edit | undefined): UndoState['undo'] {
    return edit ? { key: edit.name.key, params: { ...edit.name.params } } : null;
  }
  function state(): UndoState {
    return { undo: describe(done.at(-1)), redo: describe(undone.at(-1)) };
  }
  /** The edit changes hands only after it ran: one that failed can be tried again. */
  function move(from: Edit[], to: Edit[], run: (edit: Edit) => void): UndoState {
    const edit = from.at(-1);
    if (edit) {
      run(edit);
      from.pop();
      to.push(edit);
      changes.tellEdits();
    }
    return state();
  }

  return {
    push(edit) {
      done.push(edit);
      if (done.length > KEPT_EDITS) done.shift();
      undone.length = 0;
      changes.tellEdits();
    },
    state,
    undo: () => move(done, undone, (edit) => edit.undo()),
    redo: () => move(undone, done, (edit) => edit.redo()),
  };
}
