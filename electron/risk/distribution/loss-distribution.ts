/** The whole loss distribution of a model: simulated once, read off the tape as often as the book changes. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { LossDistribution } from '../../../shared/domain/loss-distribution.ts';
import { partOfRun, type RunHooks } from '../work.ts';
import { attributeLosses } from './aggregate/attribute-losses.ts';
import { compileBook } from './book.ts';
import { summarizeLosses } from './aggregate/summarize-losses.ts';
import { computeLosses } from './aggregate/tape-losses.ts';
import type { LossModel } from './loss-model.ts';
import type { EventTape } from './simulate/event-tape.ts';

export interface AggregateOptions {
  /** Confidence levels in (0, 1), ascending. */
  readonly levels?: readonly number[];
  /** Level of the shortfall that is attributed; one of `levels`. */
  readonly attributionLevel?: number;
}

const DEFAULT_LEVELS: readonly number[] = [0.95, 0.99, 0.999];
const DEFAULT_ATTRIBUTION_LEVEL = 0.99;

/**
 * Reads the distribution of a book's losses off a tape. `model` may differ from the one the tape was simulated with in
 * everything but its sources' number, order, chances, members and contagion: in positions, values, hits, severities,
 * covers. Then both distributions are of the same paths, and as long as the strikes keep their number and order, of the
 * same severities too.
 *
 * @throws AppError scenario-invalid, cancelled
 */
export function aggregate(
  tape: EventTape,
  model: LossModel,
  { levels = DEFAULT_LEVELS, attributionLevel = DEFAULT_ATTRIBUTION_LEVEL }: AggregateOptions = {},
  hooks: RunHooks = {},
): LossDistribution {
  const book = compileBook(model);
  checkLevels([...levels, attributionLevel]);
  if (book.sourceCount !== tape.sourceCount) {
    throw new AppError('scenario-invalid', 'The book has other sources than the simulated paths.', {
      detail: `${book.sourceCount} sources, ${tape.sourceCount} on the tape`,
      help: 'Simulate again after a change of the sources.',
    });
  }
  computeLosses(tape, book, partOfRun(hooks, 0, 2));
  const wanted = levels.includes(attributionLevel)
    ? levels
    : [...levels, attributionLevel].sort((a, b) => a - b);
  const summary = summarizeLosses(tape, wanted);
  const tail = summary.tails.find(({ level }) => level === attributionLevel);
  const valueAtRisk = tail?.valueAtRisk.value ?? 0;
  return {
    totalValue: book.totalValue,
    paths: tape.pathCount,
    seed: tape.seed,
    expectedLoss: summary.expectedLoss,
    lossProbability: summary.lossProbability,
    tails: summary.tails.filter(({ level }) => levels.includes(level)),
    maximum: summary.maximum,
    exceedance: [...summary.exceedance],
    attributionLevel,
    attributions: attributeLosses(
      tape,
      book,
      summary.tailPaths,
      attributionLevel,
      valueAtRisk,
      partOfRun(hooks, 1, 2),
    ),
  };
}

function checkLevels(levels: readonly number[]): void {
  for (const level of levels) {
    if (level > 0 && level < 1) continue;
    throw new AppError('scenario-invalid', `A confidence level of ${level} means nothing.`, {
      help: 'Choose one above 0 and below 1, such as 0.99.',
    });
  }
}
