/** What positions are called in sentences, tables and drawings: one wording for the screen and the report. */
import type { PositionState } from '../domain/position.ts';
import { nameUnderlying } from '../domain/valuation.ts';
import type { Translate } from '../text/text.ts';

/** What a position's name is made of. */
export interface NamedPosition {
  readonly symbol: string;
  readonly accountLabel: string;
  readonly state: PositionState;
}

function addState({ accountLabel, state }: NamedPosition, word: string): string {
  return state === 'held' ? accountLabel : `${accountLabel} (${word})`;
}

/** Whose it is and, where it is not simply held, its state: `Treasury (Delegated)`. */
export function namePlace(position: NamedPosition, t: Translate): string {
  return addState(position, t(`figure.state.${position.state}`));
}

/** `stETH in EigenLayer, Treasury (Delegated)`. */
export function namePosition(position: NamedPosition, t: Translate): string {
  return `${position.symbol}, ${namePlace(position, t)}`;
}

/** Characters of an account's label in a drawing: a longer one would leave no room for what follows it. */
const LONGEST_LABEL = 16;

function cutLabel(label: string): string {
  const characters = Array.from(label);
  if (characters.length <= LONGEST_LABEL) return label;
  const kept = characters.slice(0, LONGEST_LABEL - 1).join('');
  return `${kept.trimEnd()}…`;
}

/**
 * In a drawing, where names are cut at their end: account and state (in one word) first, because they tell positions
 * apart. Of a restaked token its own name is enough, because the state says where it is.
 */
export function namePositionInDrawing(position: NamedPosition, t: Translate): string {
  const labelled = { ...position, accountLabel: cutLabel(position.accountLabel) };
  const place = addState(labelled, t(`figure.stateShort.${position.state}`));
  return `${place}: ${nameUnderlying(position)}`;
}
