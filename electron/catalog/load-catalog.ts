/**
 * The protocol catalogue that comes with the program: assets/catalog/catalog.json, one file per protocol beside it, and
 * the dated observations. Checked as a whole, so that nothing in it names what is not there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/contract/errors.ts';
import {
  catalogObservationSchema,
  catalogSchema,
  protocolSchema,
  type Catalog,
} from '../../shared/domain/catalog.ts';
import type { Incident } from '../../shared/domain/incident.ts';
import { findCatalogFaults } from './find-catalog-faults.ts';

/** As the file is; the program's catalogue has the protocols and the observations in it. */
const catalogFileSchema = catalogSchema
  .omit({ protocols: true, observations: true })
  .extend({ protocols: z.array(z.string().regex(/^[a-z0-9-]{1,40}$/u)) });

const observationFileSchema = z.strictObject({
  schema: z.literal('ballast-observations/1'),
  observations: z.array(catalogObservationSchema),
});

/**
 * Reads and checks the catalogue. `assetsDir` is the folder `assets` of the program.
 *
 * @throws AppError internal where a file is missing or damaged, or names what is not there
 */
export function loadCatalog(assetsDir: string, incidents: readonly Incident[]): Catalog {
  const folder = join(assetsDir, 'catalog');
  const file = readJson(folder, 'catalog.json', catalogFileSchema);
  const catalog: Catalog = {
    ...file,
    protocols: file.protocols.map((id) => {
      const protocol = readJson(folder, join('protocols', `${id}.json`), protocolSchema);
      if (protocol.id !== id) throw describeDamage(`protocols/${id}.json: says that it is ${protocol.id}`);
      return protocol;
    }),
    observations: readJson(folder, 'observations.json', observationFileSchema).observations,
  };
  const faults = findCatalogFaults(catalog, new Set(incidents.map(({ id }) => id)));
  if (faults.length > 0) throw describeDamage(faults.join('\n'));
  return catalog;
}

function readJson<T extends z.ZodType>(folder: string, name: string, schema: T): z.output<T> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (cause) {
    throw describeDamage(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw describeDamage(`${name}: ${z.prettifyError(parsed.error)}`, parsed.error);
  return parsed.data;
}

function describeDamage(detail: string, cause?: unknown): AppError {
  return new AppError('internal', 'The protocol catalogue that comes with Ballast cannot be read.', {
    detail,
    help: 'Install Ballast again. Your own portfolios are not touched by this.',
    cause,
  });
}
