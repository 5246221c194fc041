/** The catalogue that came with the program, with what was refreshed since laid over it. */
import type { CatalogView } from '../../shared/contract/catalog-view.ts';
import type { Catalog, CatalogObservation } from '../../shared/domain/catalog.ts';
import type { Incident } from '../../shared/domain/incident.ts';

/** What refreshes brought. */
export interface Refreshed extends Pick<CatalogView, 'refreshedAt' | 'failure' | 'isAllowed' | 'changes'> {
  readonly observations: readonly CatalogObservation[];
}

export interface CatalogService {
  get(): CatalogView;
}

interface CatalogParts {
  readonly catalog: Catalog;
  readonly incidents: readonly Incident[];
  /** Asked at every call: it changes while the program runs. */
  readonly refreshed: () => Refreshed;
}

export const NOT_REFRESHED: Refreshed = {
  observations: [],
  refreshedAt: null,
  failure: null,
  isAllowed: false,
  changes: [],
};

export function createCatalog({ catalog, incidents, refreshed }: CatalogParts): CatalogService {
  return {
    get() {
      const { observations, ...state } = refreshed();
      return {
        // The bundled ones stay: they are what the fresh ones are compared with.
        catalog: { ...catalog, observations: [...catalog.observations, ...observations] },
        incidents: incidents.map(({ id }) => id),
        ...state,
      };
    },
  };
}
