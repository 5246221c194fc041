/** A restaking network that a user brings as a file. */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { restakingGraphSchema, type RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import { validateGraph } from './validate-graph.ts';

/** A file can have a problem in each of its lines. */
const LONGEST_DETAIL = 4000;

/**
 * Reads the text of a file in the format `ballast-graph/1` (docs/method/graph.md) and checks it.
 *
 * @throws AppError scenario-invalid; the detail names each field at fault
 */
export function parseGraph(text: string): RestakingGraph {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw refuse('is not JSON', cause instanceof Error ? cause.message : String(cause), cause);
  }
  const parsed = restakingGraphSchema.safeParse(content);
  if (!parsed.success) {
    throw refuse('does not have the form of one', z.prettifyError(parsed.error), parsed.error);
  }
  validateGraph(parsed.data);
  return parsed.data;
}

function refuse(why: string, detail: string, cause: unknown): AppError {
  return new AppError('scenario-invalid', `The network file ${why}.`, {
    detail: detail.slice(0, LONGEST_DETAIL),
    help: 'Correct what the detail names. Amounts are whole numbers in quotes.',
    cause,
  });
}
