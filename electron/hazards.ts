/** The hazard file that comes with the program: how often what happens, and how much it takes, with its evidence. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../shared/contract/errors.ts';
import { hazardsSchema, type Hazards } from '../shared/domain/hazards.ts';

/**
 * Reads and checks the file. `assetsDir` is the folder `assets` of the program.
 *
 * @throws AppError internal where the file is missing or damaged
 */
export function loadHazards(assetsDir: string): Hazards {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(assetsDir, 'hazards', 'hazards.json'), 'utf8'));
  } catch (cause) {
    throw describeDamage(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const parsed = hazardsSchema.safeParse(content);
  if (!parsed.success) throw describeDamage(z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

function describeDamage(detail: string, cause: unknown): AppError {
  return new AppError('internal', 'The hazard file that comes with Ballast cannot be read.', {
    detail,
    help: 'Install Ballast again. Your own portfolios are not touched by this.',
    cause,
  });
}
