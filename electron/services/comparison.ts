/** Comparisons of products on the same paths: made by the engine as jobs; the last is kept while the program runs. */
import type { Job } from '../../shared/contract/jobs.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { Hazards } from '../../shared/domain/hazards.ts';
import type { ComparisonRequest, KeptComparison } from '../../shared/domain/product-comparison.ts';
import type { JobRunner } from '../jobs.ts';
import type { Changes } from './changes.ts';
import type { Engine } from './readers.ts';
import { refuseSecretsIn } from './typed-text.ts';

export interface Comparison {
  /**
   * Compares products of the catalogue as it is now. One that still runs is cancelled: it answers an older question. The
   * job fails with not-found or bad-request where the products are none that can be compared.
   *
   * @throws AppError secret-refused
   */
  start(request: ComparisonRequest): Job;
  /** Null where none was made since the program started. */
  latest(): KeptComparison | null;
}

interface Parts {
  /** Asked at every start: a refresh changes it while the program runs. */
  readonly catalog: () => Catalog;
  readonly engine: Engine;
  readonly hazards: Hazards;
  readonly jobs: JobRunner;
  readonly changes: Changes;
  readonly now: () => number;
}

const COMPARING = 'jobs.step.comparing';

export function createComparison({ catalog, engine, hazards, jobs, changes, now }: Parts): Comparison {
  let kept: KeptComparison | null = null;
  return {
    start(request) {
      // Ids are not typed by people, but the answer keeps them whatever they are.
      refuseSecretsIn(request);
      const input = { catalog: catalog(), hazards, request };
      const isOlder = ({ kind, state }: Job): boolean => kind === 'comparison' && state === 'running';
      for (const { id } of jobs.list().filter(isOlder)) jobs.cancel(id);
      return jobs.start({
        kind: 'comparison',
        portfolioId: null,
        step: COMPARING,
        work: async ({ signal, report }) => {
          const onProgress = (progress: number): void => report(progress, COMPARING);
          const comparison = await engine.run('compare-products', input, { signal, onProgress });
          signal.throwIfAborted();
          kept = { comparison, madeAt: now() };
          changes.tellComparison();
          return null;
        },
      });
    },
    latest: () => kept,
  };
}
