/** What positions are called in sentences and charts: token, account and, where it is not simply held, the state. */
import type { Position } from '../../../shared/domain/position.ts';
import type { TranslateKey } from '../../state/text.ts';

export type NamePosition = (id: string) => string;

interface Named {
  readonly symbol: string;
  readonly accountLabel: string;
  readonly state: string;
}

/** Whose it is and, where it is not simply held, its state. */
function namePlace({ accountLabel, state }: Named, tKey: TranslateKey): string {
  return state === 'held' ? accountLabel : `${accountLabel} (${tKey(`figure.state.${state}`)})`;
}

function nameInSentence(position: Named, tKey: TranslateKey): string {
  return `${position.symbol}, ${namePlace(position, tKey)}`;
}

/**
 * In a drawing, where names are cut at their end: account and state first, because they tell positions apart and the
 * token is often drawn beside them.
 */
export function nameInDrawing(position: Named, tKey: TranslateKey): string {
  return `${namePlace(position, tKey)}: ${position.symbol}`;
}

/** In a narrow table: the token on one line, account and state on the next. */
export interface PositionLines {
  readonly token: string;
  readonly place: string;
}

function nameInLines(position: Named, tKey: TranslateKey): PositionLines {
  return { token: position.symbol, place: namePlace(position, tKey) };
}

export interface PositionNames {
  readonly inSentence: NamePosition;
  readonly inDrawing: NamePosition;
  readonly inLines: (id: string) => PositionLines;
}

/** An earlier run may name positions that are not there any more. */
export function createPositionNames(positions: readonly Position[], tKey: TranslateKey): PositionNames {
  const named = new Map(
    positions.map(({ id, instrument, accountLabel, state }) => [
      id,
      { symbol: instrument.symbol, accountLabel, state },
    ]),
  );
  const nameBy =
    <Name>(write: (position: Named, tKey: TranslateKey) => Name, gone: Name) =>
    (id: string): Name => {
      const position = named.get(id);
      return position ? write(position, tKey) : gone;
    };
  const gone = tKey('simulate.result.gone');
  return {
    inSentence: nameBy(nameInSentence, gone),
    inDrawing: nameBy(nameInDrawing, gone),
    inLines: nameBy(nameInLines, { token: gone, place: '' }),
  };
}
