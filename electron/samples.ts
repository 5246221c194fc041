/** The bundled sample portfolio: what the program shows before anything of the user's own is watched. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { decode } from '../shared/contract/codec.ts';
import { AppError } from '../shared/contract/errors.ts';
import { evmAccountSchema, portfolioSchema, SAMPLE_PORTFOLIO_ID } from '../shared/domain/account.ts';
import { observationSchema } from '../shared/domain/observation.ts';

export const sampleSchema = z.strictObject({
  schema: z.literal('ballast-sample/1'),
  portfolio: portfolioSchema.extend({ id: z.literal(SAMPLE_PORTFOLIO_ID), kind: z.literal('sample') }),
  accounts: z.array(evmAccountSchema.extend({ portfolioId: z.literal(SAMPLE_PORTFOLIO_ID) })).min(1),
  observation: observationSchema.refine(({ origin }) => origin.kind === 'sample', {
    message: 'the observation of a sample must say that it is one',
    path: ['origin', 'kind'],
  }),
});
export type Sample = z.output<typeof sampleSchema>;

/**
 * Reads and checks the sample. `assetsDir` is the folder `assets` of the program.
 *
 * @throws AppError internal where the file is missing or is not a sample: the installation is damaged
 */
export function loadSample(assetsDir: string): Sample {
  const path = join(assetsDir, 'samples', 'sample.json');
  let content: unknown;
  try {
    content = decode(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw describeDamage(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const parsed = sampleSchema.safeParse(content);
  if (!parsed.success) throw describeDamage(z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

function describeDamage(detail: string, cause: unknown): AppError {
  return new AppError('internal', 'The sample that comes with Ballast cannot be read.', {
    detail,
    help: 'Install Ballast again. Your own portfolios are not touched by this.',
    cause,
  });
}
