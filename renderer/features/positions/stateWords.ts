import type { PositionState } from '../../../shared/domain/position.ts';
import type { Tone } from '../../ui/tone.ts';

/** Slashable states are told apart from those that are not by tone; the word says which. */
export const stateTones: Readonly<Record<PositionState, Tone | 'neutral'>> = {
  held: 'neutral',
  unconfirmed: 'caution',
  restaked: 'information',
  deposited: 'neutral',
  delegated: 'information',
  queued: 'caution',
  completable: 'confirmed',
  requested: 'caution',
  finalised: 'information',
  claimable: 'confirmed',
};
