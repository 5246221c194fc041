/** Turns names of operators, services, dependencies and tokens into what the events of a scenario hold. */
import type { EvmAddress } from '../../shared/domain/address.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import { ALL } from '../../shared/domain/scenario-kinds.ts';
import {
  findInstrumentsOf,
  listScenarioTargets,
  type ScenarioTargets,
} from '../../shared/domain/scenario-targets.ts';
import { findAllByName, findByName } from './find-by-name.ts';

/** Everything a portfolio has that can be named. Each lookup throws AppError scenario-invalid where there is none. */
export interface TargetNames {
  readonly targets: ScenarioTargets;
  operator(text: string): EvmAddress;
  operators(text: string): typeof ALL | EvmAddress[];
  service(text: string): string;
  services(text: string): string | string[];
  dependency(text: string): string;
  client(text: string): string;
  /** A finality provider of Babylon. */
  provider(text: string): string;
  /** A token in all its forms (`stETH`: wstETH too), or one form of it alone (`wstETH`). */
  token(text: string): string[];
  /** The operator with the most book value allocated to the service: any other would make its slash look harmless. */
  allocatorOf(serviceId: string): EvmAddress | null;
}

export function createTargetNames(exposure: Exposure): TargetNames {
  const targets = listScenarioTargets(exposure);
  const { operators, services, dependencies } = exposure;
  const isAll = (text: string): boolean => text.trim().toLowerCase() === ALL;
  return {
    targets,
    operator: (text) => findByName('operator', text, operators, ({ address }) => address).address,
    operators: (text) =>
      isAll(text)
        ? ALL
        : findAllByName('operator', text, operators, ({ address }) => address).map(({ address }) => address),
    service: (text) => findByName('service', text, services, ({ id }) => id).id,
    services(text) {
      if (isAll(text)) return ALL;
      const found = findAllByName('service', text, services, ({ id }) => id).map(({ id }) => id);
      const [only, ...more] = found;
      return only !== undefined && more.length === 0 ? only : found;
    },
    dependency: (text) => findByName('dependency', text, dependencies, ({ id }) => id).id,
    client: (text) =>
      findByName(
        'client',
        text,
        dependencies.filter(({ kind }) => kind === 'client'),
        ({ id }) => id,
      ).id,
    provider: (text) => findByName('provider', text, targets.providers, ({ id }) => id).id,
    token: (text) => findToken(text, targets),
    allocatorOf(serviceId) {
      const [largest] = targets.operators
        .flatMap(({ address, services: own }) =>
          own.filter(({ id }) => id === serviceId).map(({ allocatedWei }) => ({ address, allocatedWei })),
        )
        .toSorted((a, b) => (a.allocatedWei < b.allocatedWei ? 1 : -1));
      return largest?.address ?? null;
    },
  };
}

function findToken(text: string, targets: ScenarioTargets): string[] {
  const lower = text.trim().toLowerCase();
  const token = targets.tokens.find((target) => target.token.toLowerCase() === lower)?.token;
  if (token !== undefined) return [...findInstrumentsOf(token, targets)];
  const named = targets.tokens.map(({ id, symbol }) => ({ id, name: symbol }));
  return [findByName('token', text, named, ({ id }) => id).id];
}
