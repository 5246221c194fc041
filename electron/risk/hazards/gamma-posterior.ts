/**
 * What k events in T years say about a rate. With Jeffreys' prior for a Poisson rate, Gamma(1/2, 0), the posterior is
 * Gamma(k + 1/2, T). Source: H. Jeffreys, Theory of Probability (1961), section 3.3.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { RateDerivation } from '../../../shared/domain/hazards.ts';
import type { ParameterSet } from '../../../shared/domain/loss-distribution.ts';
import { gammaQuantile } from './incomplete-gamma.ts';

/** The half event that Jeffreys' prior stands for. */
const PRIOR_SHAPE = 0.5;
const MOST_EVENTS = 1e6;

export type PosteriorStatistic = Extract<RateDerivation, { kind: 'posterior' }>['statistic'];

/**
 * A statistic of the rate per year.
 *
 * @param events counted, 0 to a million; parts of an event are allowed (a count divided by its over-dispersion)
 * @param exposure years in which they were counted, above zero
 * @throws AppError scenario-invalid
 */
export function computePosteriorRate(
  events: number,
  exposure: number,
  statistic: PosteriorStatistic,
): number {
  checkEvidence(events, exposure);
  const shape = events + PRIOR_SHAPE;
  switch (statistic) {
    case 'mean':
      return shape / exposure;
    case 'q05':
      return gammaQuantile(shape, 0.05) / exposure;
    case 'median':
      return gammaQuantile(shape, 0.5) / exposure;
    case 'q95':
      return gammaQuantile(shape, 0.95) / exposure;
  }
}

/**
 * The three sets for evidence a user counted: calm the 5% quantile, base the mean, stressed the 95% quantile. Where
 * nothing has happened yet the 5% quantile is next to nothing for no better reason than the prior's shape, so that calm
 * is then the median.
 *
 * @throws AppError scenario-invalid
 */
export function ratesOfEvidence(events: number, exposure: number): Readonly<Record<ParameterSet, number>> {
  return {
    calm: computePosteriorRate(events, exposure, events === 0 ? 'median' : 'q05'),
    base: computePosteriorRate(events, exposure, 'mean'),
    stressed: computePosteriorRate(events, exposure, 'q95'),
  };
}

function checkEvidence(events: number, exposure: number): void {
  // Written so that NaN fails.
  if (!(events >= 0 && events <= MOST_EVENTS)) {
    throw new AppError('scenario-invalid', `${events} is no count of events.`, {
      help: `Enter how many events were counted, from 0 to ${MOST_EVENTS}.`,
    });
  }
  if (!(exposure > 0 && exposure < Infinity)) {
    throw new AppError('scenario-invalid', `${exposure} is no number of years.`, {
      help: 'Enter the years in which the events were counted: how many there were of a kind, times how long.',
    });
  }
}
