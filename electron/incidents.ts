/** The catalogue of recorded incidents that comes with the program, for scenarios that replay them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../shared/contract/errors.ts';
import { incidentFileSchema, type Incident } from '../shared/domain/incident.ts';

/**
 * Reads and checks the catalogue. `assetsDir` is the folder `assets` of the program.
 *
 * @throws AppError internal where the file is missing or damaged
 */
export function loadIncidents(assetsDir: string): readonly Incident[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(assetsDir, 'catalog', 'incidents.json'), 'utf8'));
  } catch (cause) {
    throw describeDamage(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const parsed = incidentFileSchema.safeParse(content);
  if (!parsed.success) throw describeDamage(z.prettifyError(parsed.error), parsed.error);
  return parsed.data.incidents;
}

function describeDamage(detail: string, cause: unknown): AppError {
  return new AppError('internal', 'The catalogue of incidents that comes with Ballast cannot be read.', {
    detail,
    help: 'Install Ballast again. Your own portfolios are not touched by this.',
    cause,
  });
}
