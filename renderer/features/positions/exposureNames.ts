import { createContext, use } from 'react';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { nameService } from '../../../shared/domain/names.ts';

/** What operators, services and dependencies are called, by address and by id. */
export interface ExposureNames {
  readonly operators: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, string>;
  readonly dependencies: ReadonlyMap<string, string>;
}

/** Without a look-through there are no names yet. */
export function collectNames(exposure: Exposure | undefined): ExposureNames {
  return {
    operators: new Map(exposure?.operators.map(({ address, name }) => [address, name])),
    services: new Map(exposure?.services.map((service) => [service.id, nameService(service)])),
    dependencies: new Map(exposure?.dependencies.map(({ id, name }) => [id, name])),
  };
}

/** For everything below the positions table. */
export const ExposureNamesContext = createContext<ExposureNames>(collectNames(undefined));

export function useExposureNames(): ExposureNames {
  return use(ExposureNamesContext);
}
