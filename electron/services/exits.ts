/** How the positions of a portfolio get out: the engine's plan of its newest reading, answered at once. */
import type { ExitDefaults } from '../../shared/contract/methods.ts';
import type { ExitAssumptions, ExitOverview, ExitStress } from '../../shared/domain/exit.ts';
import { DEFAULT_EXIT_ASSUMPTIONS, NO_EXIT_STRESS } from '../risk/exit/exit-assumptions.ts';
import { EXIT_PATHS } from '../risk/exit/exit-paths.ts';
import { makeExitPositions, readCompletableBlocks } from '../risk/exit/exit-position.ts';
import { planExits } from '../risk/exit/plan-exits.ts';
import type { Readings } from './readings.ts';

export interface Exits {
  /** What a plan assumes where nobody says otherwise, and whose withdrawals a pause can name. */
  readonly defaults: ExitDefaults;
  /**
   * All positions of the newest reading, leaving at once.
   *
   * @throws AppError not-found, nothing-observed, scenario-invalid for assumptions or stress that cannot be
   */
  plan(portfolioId: string, assumptions: ExitAssumptions, stress: ExitStress): ExitOverview;
}

/** Beneath the issuers: what several ways out go through. */
const SHARED = ['ethereum', 'eigenlayer'];

export function createExits({ readings }: { readonly readings: Readings }): Exits {
  const issuers = EXIT_PATHS.flatMap(({ protocol }) => protocol ?? []);
  return {
    defaults: {
      assumptions: DEFAULT_EXIT_ASSUMPTIONS,
      stress: NO_EXIT_STRESS,
      pausable: [...new Set([...SHARED, ...issuers])],
    },
    plan(portfolioId, assumptions, stress) {
      const { exposure, valuation } = readings.get(portfolioId);
      const positions = makeExitPositions(exposure(), readCompletableBlocks(valuation.positions));
      return planExits(positions, assumptions, stress);
    },
  };
}
