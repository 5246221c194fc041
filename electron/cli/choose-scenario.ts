/** Turns `--scenario`, `--operator`, `--service`, `--dependency` and `--percent` into a scenario for a portfolio. */
import type { Client } from '../../shared/contract/bridge.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { parseEvmAddress, type EvmAddress } from '../../shared/domain/address.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import { listScenarioTargets } from '../../shared/domain/scenario-targets.ts';
import type { Scenario, ScenarioEvent } from '../../shared/domain/scenario.ts';
import type { Wad } from '../../shared/domain/units.ts';
import { parseDecimal } from '../../shared/format/numbers.ts';
import { UsageError } from './select-portfolio.ts';

export const SCENARIO_PRESETS = ['operator-slash', 'contract-failure'] as const;
export type CliPreset = (typeof SCENARIO_PRESETS)[number];

export interface ScenarioOptions {
  readonly scenario?: CliPreset | undefined;
  readonly operator?: string | undefined;
  readonly service?: string | undefined;
  readonly dependency?: string | undefined;
  readonly percent?: string | undefined;
}

/** `12.5` or `12.5%` as a WAD share. */
function parsePercent(text: string): Wad {
  const parsed = parseDecimal(text.replace(/%$/u, ''), 16);
  if (!parsed.ok || parsed.value === 0n || parsed.value > 10n ** 18n) {
    throw new UsageError(`--percent must be above 0 and at most 100; “${text.slice(0, 40)}” is not.`);
  }
  // 100% with 16 decimals is 1e18: percent and WAD meet without a division.
  return parsed.value as Wad;
}

/** By name or by id, without regard to case; the list of what there is stands in the error. */
function findByName<T extends { readonly name: string | null }>(
  kind: string,
  wanted: string,
  items: readonly T[],
  idOf: (item: T) => string,
): T {
  const lower = wanted.toLowerCase();
  const found = items.filter(
    (item) => item.name?.toLowerCase() === lower || idOf(item).toLowerCase() === lower,
  );
  if (found.length === 1 && found[0]) return found[0];
  const names = items.map((item) => `“${item.name ?? idOf(item)}”`).join(', ');
  throw new AppError(
    'scenario-invalid',
    `There is ${found.length === 0 ? 'no' : 'more than one'} ${kind} “${wanted}”.`,
    {
      help: names === '' ? `This portfolio depends on no ${kind} that is known.` : `Known here: ${names}.`,
    },
  );
}

function applyOptions(event: ScenarioEvent, options: ScenarioOptions, exposure: Exposure): ScenarioEvent {
  const percent = options.percent === undefined ? null : parsePercent(options.percent);
  if (event.kind === 'contract-failure') {
    const dependency = options.dependency
      ? findByName('dependency', options.dependency, exposure.dependencies, ({ id }) => id).id
      : event.dependency;
    return { ...event, dependency, loss: percent ?? event.loss };
  }
  const named = options.operator
    ? findByName('operator', options.operator, exposure.operators, ({ address }) => address).address
    : null;
  const wad = percent ?? event.wad;
  if (options.service === undefined || options.service.toLowerCase() === 'all') {
    const operator = named ?? event.operator;
    const isSuggested = options.service === undefined && operator === event.operator;
    return { ...event, operator, service: isSuggested ? event.service : 'all', wad };
  }
  const service = findByName('service', options.service, exposure.services, ({ id }) => id).id;
  return { ...event, operator: named ?? findAllocator(exposure, service) ?? event.operator, service, wad };
}

/** The operator with the most book value allocated to the service: any other would make its slash look harmless. */
function findAllocator(exposure: Exposure, serviceId: string): EvmAddress | null {
  const [largest] = listScenarioTargets(exposure)
    .operators.flatMap(({ address, services }) =>
      services.filter(({ id }) => id === serviceId).map(({ allocatedWei }) => ({ address, allocatedWei })),
    )
    .toSorted((a, b) => (a.allocatedWei < b.allocatedWei ? 1 : -1));
  return largest?.address ?? null;
}

function checkOptions(options: ScenarioOptions): void {
  if (options.scenario !== 'operator-slash' && (options.operator ?? options.service) !== undefined) {
    throw new UsageError('--operator and --service go with --scenario operator-slash.');
  }
  if (options.scenario !== 'contract-failure' && options.dependency !== undefined) {
    throw new UsageError('--dependency goes with --scenario contract-failure.');
  }
  const operator = options.operator;
  if (operator?.startsWith('0x') === true && !parseEvmAddress(operator).ok) {
    throw new UsageError('--operator is not a valid address: check it for a typing error.');
  }
}

/** The scenario list's own suggestion for this portfolio, changed by what the command line says. */
export async function chooseScenario(
  client: Client,
  portfolioId: string,
  preset: CliPreset,
  options: ScenarioOptions,
): Promise<Scenario> {
  checkOptions({ ...options, scenario: preset });
  const [{ scenario }, exposure] = await Promise.all([
    client.call('scenarios.suggest', { portfolioId, preset }),
    client.call('portfolios.exposure', { portfolioId }),
  ]);
  const [event] = scenario?.events ?? [];
  if (!event) {
    throw new AppError('scenario-invalid', 'This scenario has nothing to act on in this portfolio.', {
      help:
        preset === 'operator-slash'
          ? 'No operator seen behind these positions has allocated anything that can be slashed. Try --scenario contract-failure.'
          : 'No position here rests on a contract that is known.',
    });
  }
  return { preset, events: [applyOptions(event, options, exposure)] };
}
