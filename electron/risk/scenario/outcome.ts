/** What one event did, before it is put beside the event it was. */
import type { EventResult } from '../../../shared/domain/scenario.ts';

export type Outcome = Pick<EventResult, 'lossWei' | 'note'>;
