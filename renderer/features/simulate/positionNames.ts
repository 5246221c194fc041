/** The names of a portfolio's positions by id, as a run's page needs them. */
import type { Position } from '../../../shared/domain/position.ts';
import {
  namePlace,
  namePosition,
  namePositionInDrawing,
  type NamedPosition,
} from '../../../shared/format/position-name.ts';
import type { Translate } from '../../../shared/text/text.ts';

export type NamePosition = (id: string) => string;

/** In a narrow table: the token on one line, account and state on the next. */
export interface PositionLines {
  readonly token: string;
  readonly place: string;
}

export interface PositionNames {
  readonly inSentence: NamePosition;
  readonly inDrawing: NamePosition;
  readonly inLines: (id: string) => PositionLines;
}

/** An earlier run may name positions that are not there any more. */
export function createPositionNames(positions: readonly Position[], t: Translate): PositionNames {
  const named = new Map<string, NamedPosition>(
    positions.map(({ id, instrument, accountLabel, state }) => [
      id,
      { symbol: instrument.symbol, accountLabel, state },
    ]),
  );
  const nameBy =
    <Name>(write: (position: NamedPosition, t: Translate) => Name, gone: Name) =>
    (id: string): Name => {
      const position = named.get(id);
      return position ? write(position, t) : gone;
    };
  const gone = t('simulate.result.gone');
  return {
    inSentence: nameBy(namePosition, gone),
    inDrawing: nameBy(namePositionInDrawing, gone),
    inLines: nameBy((position) => ({ token: position.symbol, place: namePlace(position, t) }), {
      token: gone,
      place: '',
    }),
  };
}
