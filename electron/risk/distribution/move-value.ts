/** What-if: a part of one position's value moved to another, or out of everything that can be lost. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { LossModel } from './loss-model.ts';

export interface ValueMove {
  readonly fromPositionId: string;
  /** Null: into something that no source of the model reaches, such as ETH held. */
  readonly toPositionId: string | null;
  /** In the model's unit, above 0. */
  readonly amount: number;
}

/**
 * The model after the move. Strikes hit shares of a position, so only the two values change: sources, and with them the
 * paths, stay, and both models can be read off one tape.
 *
 * @throws AppError scenario-invalid where a position is not in the model, or holds less than is moved
 */
export function moveValue(model: LossModel, { fromPositionId, toPositionId, amount }: ValueMove): LossModel {
  const from = find(model, fromPositionId);
  if (!(amount > 0)) refuse('The amount to move has to be above zero.', 'Enter an amount such as 1.5.');
  if (amount > from.value) {
    refuse(
      `Only ${from.value} can be moved out of this position; ${amount} were asked for.`,
      'Enter at most what it holds.',
    );
  }
  if (toPositionId !== null) find(model, toPositionId);
  if (toPositionId === fromPositionId)
    refuse('A position cannot be moved into itself.', 'Choose another one.');
  return {
    ...model,
    positions: model.positions.map((position) => {
      if (position.id === fromPositionId) return { ...position, value: position.value - amount };
      if (position.id === toPositionId) return { ...position, value: position.value + amount };
      return position;
    }),
  };
}

function find({ positions }: LossModel, id: string): LossModel['positions'][number] {
  const found = positions.find((position) => position.id === id);
  return found ?? refuse('This position is not in the study.', 'Choose one that has a known value.');
}

function refuse(message: string, help: string): never {
  throw new AppError('scenario-invalid', message, { help });
}
