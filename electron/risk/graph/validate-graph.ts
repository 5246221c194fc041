/** Refuses a restaking graph that cannot be true, before any figure is computed from it. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import { findGraphProblems } from './graph-problems.ts';

/** More would help nobody who corrects a file, and a file can have a problem in each of its lines. */
const MOST_PROBLEMS = 50;

/**
 * Checks that ids are listed once and references lead somewhere, that no pool stands in itself, that amounts are whole
 * and not below zero, that no whole is smaller than its parts, that a stake has one mode, that its unique allocations
 * fit into it together and each shared one alone (elastic ones may exceed it), and that thresholds are above 0 and at
 * most 1.
 *
 * @throws AppError scenario-invalid; the message names the first problem, the detail all of them, up to fifty
 */
export function validateGraph(graph: RestakingGraph): void {
  const problems: string[] = [];
  let count = 0;
  for (const problem of findGraphProblems(graph)) {
    count++;
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  }
  if (count === 0) return;
  const more = count > problems.length ? [`and ${count - problems.length} more`] : [];
  throw new AppError('scenario-invalid', `The network contradicts itself: ${problems[0]!}.`, {
    detail: [...problems, ...more].join('; '),
    help: 'Correct what the detail lists; nothing was computed.',
  });
}
