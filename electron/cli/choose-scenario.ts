/** Turns `--scenario` and the options that go with it, or `--events`, into a scenario for a portfolio. */
import { UsageError } from './exit-codes.ts';
import type { Client } from '../../shared/contract/bridge.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { ScenarioPresets } from '../../shared/contract/methods.ts';
import { parseEvmAddress } from '../../shared/domain/address.ts';
import { ALL, MAX_DAYS, SUGGESTED_PRESETS } from '../../shared/domain/scenario-kinds.ts';
import type { EventOf, Scenario, ScenarioEvent } from '../../shared/domain/scenario.ts';
import type { Wad } from '../../shared/domain/units.ts';
import { parseDecimal } from '../../shared/format/numbers.ts';
import { createTargetNames, type TargetNames } from './name-targets.ts';
import { readEventsFile } from './read-events-file.ts';

export const SCENARIO_PRESETS = [...SUGGESTED_PRESETS, 'replay'] as const;
export type CliPreset = (typeof SCENARIO_PRESETS)[number];

export interface ScenarioOptions {
  readonly scenario?: CliPreset | undefined;
  readonly events?: string | undefined;
  readonly operator?: string | undefined;
  readonly service?: string | undefined;
  readonly provider?: string | undefined;
  readonly client?: string | undefined;
  readonly dependency?: string | undefined;
  readonly token?: string | undefined;
  readonly days?: string | undefined;
  readonly incident?: string | undefined;
  readonly percent?: string | undefined;
}

type NamedOption = Exclude<keyof ScenarioOptions, 'scenario' | 'events' | 'percent'>;

/** Which scenarios an option goes with. */
const GOES_WITH: Readonly<Record<NamedOption, readonly CliPreset[]>> = {
  operator: ['operator-slash', 'client-bug'],
  service: ['operator-slash', 'service-compromised'],
  provider: ['provider-slash'],
  client: ['client-bug'],
  dependency: [
    'contract-failure',
    'oracle-failure',
    'bridge-failure',
    'custodian-failure',
    'governance-failure',
  ],
  token: ['unbacked-supply', 'depeg', 'queue-closed'],
  days: ['queue-closed'],
  incident: ['replay'],
};
const NAMED_OPTIONS = Object.keys(GOES_WITH) as readonly NamedOption[]; // as: the keys of the record above

/** Whether the command line asks for a scenario at all. */
export function asksForScenario({ scenario, events }: ScenarioOptions): boolean {
  return scenario !== undefined || events !== undefined;
}

function checkOptions(options: ScenarioOptions): void {
  const { scenario, events, operator, percent } = options;
  if (scenario !== undefined && events !== undefined) {
    throw new UsageError('Use one of --scenario and --events, not both.');
  }
  for (const name of NAMED_OPTIONS) {
    if (options[name] === undefined) continue;
    const presets = GOES_WITH[name];
    if (scenario !== undefined && presets.includes(scenario)) continue;
    throw new UsageError(`--${name} goes with --scenario ${presets.join(' or ')}.`);
  }
  if (
    percent !== undefined &&
    (events !== undefined ||
      scenario === 'replay' ||
      scenario === 'queue-closed' ||
      scenario === 'provider-slash')
  ) {
    throw new UsageError(
      '--percent does not go with --events, --scenario replay, --scenario provider-slash or --scenario queue-closed.',
    );
  }
  if (operator?.startsWith('0x') === true && !operator.includes(',') && !parseEvmAddress(operator).ok) {
    throw new UsageError('--operator is not a valid address: check it for a typing error.');
  }
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

/** `14`, or `open` for a closure without an end. */
function parseDays(text: string): number | null {
  if (text.toLowerCase() === 'open') return null;
  const days = Number(text);
  if (/^\d{1,5}$/u.test(text) && days >= 1 && days <= MAX_DAYS) return days;
  throw new UsageError(`--days must be 1 to ${MAX_DAYS}, or “open”; “${text.slice(0, 40)}” is not.`);
}

function applyOptions(event: ScenarioEvent, options: ScenarioOptions, names: TargetNames): ScenarioEvent {
  const share = options.percent === undefined ? null : parsePercent(options.percent);
  switch (event.kind) {
    case 'operator-slash':
      return applyToSlash(event, options, share, names);
    case 'service-compromised': {
      const service = options.service === undefined ? event.service : names.service(options.service);
      return { ...event, service, wad: share ?? event.wad };
    }
    case 'client-bug': {
      const client = options.client === undefined ? event.client : names.client(options.client);
      const operators = options.operator === undefined ? event.operators : names.operators(options.operator);
      return { ...event, client, operators, loss: share ?? event.loss };
    }
    case 'provider-slash':
      return {
        ...event,
        provider: options.provider === undefined ? event.provider : names.provider(options.provider),
      };
    case 'contract-failure': {
      const dependency = options.dependency ? names.dependency(options.dependency) : event.dependency;
      return { ...event, dependency, loss: share ?? event.loss };
    }
    case 'unbacked-supply':
      return { ...event, instruments: chooseTokens(event, options, names), share: share ?? event.share };
    case 'depeg':
      return {
        ...event,
        instruments: chooseTokens(event, options, names),
        discount: share ?? event.discount,
      };
    case 'queue-closed': {
      const days = options.days === undefined ? event.days : parseDays(options.days);
      return { ...event, instruments: chooseTokens(event, options, names), days };
    }
  }
}

function chooseTokens(
  event: EventOf<'unbacked-supply' | 'depeg' | 'queue-closed'>,
  { token }: ScenarioOptions,
  names: TargetNames,
): string[] {
  return token === undefined ? event.instruments : names.token(token);
}

function applyToSlash(
  event: EventOf<'operator-slash'>,
  options: ScenarioOptions,
  share: Wad | null,
  names: TargetNames,
): ScenarioEvent {
  const named = options.operator === undefined ? null : names.operator(options.operator);
  const wad = share ?? event.wad;
  const services = options.service === undefined ? null : names.services(options.service);
  if (services === null || services === ALL) {
    const operator = named ?? event.operator;
    const isSuggested = services === null && operator === event.operator;
    return { ...event, operator, service: isSuggested ? event.service : ALL, wad };
  }
  const first = typeof services === 'string' ? services : services[0];
  const allocator = first === undefined ? null : names.allocatorOf(first);
  return { ...event, operator: named ?? allocator ?? event.operator, service: services, wad };
}

const NOTHING_TO_STRIKE: Readonly<Partial<Record<CliPreset, string>>> = {
  'operator-slash':
    'No operator seen behind these positions has allocated anything that can be slashed. Try --scenario contract-failure.',
  'service-compromised':
    'No operator seen behind these positions has allocated anything that can be slashed. Try --scenario contract-failure.',
  'provider-slash': 'No stake with a finality provider of Babylon is held here.',
  'client-bug': 'No native ETH with an operator is seen here, and nothing that is known to run on a client.',
  'unbacked-supply': 'Nothing but ETH is held here.',
  depeg: 'Nothing but ETH is held here.',
  'queue-closed': 'Nothing but ETH is held here.',
};

function chooseSuggestion(preset: CliPreset, { suggestions }: ScenarioPresets): Scenario {
  const scenario = suggestions.find((suggestion) => suggestion.preset === preset)?.scenario;
  if (scenario) return scenario;
  throw new AppError('scenario-invalid', 'This scenario has nothing to act on in this portfolio.', {
    help: NOTHING_TO_STRIKE[preset] ?? 'No position here rests on anything of this kind that is known.',
  });
}

/** By the id of the replay, or of the incident where one replay of it is enough. */
function chooseReplay({ incident }: ScenarioOptions, { replays }: ScenarioPresets): Scenario {
  const found = replays.filter(({ id }) => id === incident || id.startsWith(`${incident ?? ''}:`));
  const [only, ...more] = found;
  if (incident !== undefined && only && more.length === 0) return only.scenario;
  const known = (found.length > 0 && incident !== undefined ? found : replays).map(({ id }) => id).join(', ');
  if (incident === undefined) {
    throw new UsageError(`Choose an incident with --incident: ${known === '' ? 'none fits here' : known}.`);
  }
  throw new AppError(
    'scenario-invalid',
    `There is ${only ? 'more than one' : 'no'} replay “${incident}” here.`,
    {
      help: known === '' ? 'No recorded incident struck anything held here.' : `Known here: ${known}.`,
    },
  );
}

/** The scenario list's own suggestion for this portfolio, changed by what the command line says. */
export async function chooseScenario(
  client: Client,
  portfolioId: string,
  options: ScenarioOptions,
): Promise<Scenario> {
  checkOptions(options);
  const { scenario: preset, events } = options;
  const [presets, exposure] = await Promise.all([
    client.call('scenarios.presets', { portfolioId }),
    client.call('portfolios.exposure', { portfolioId }),
  ]);
  const names = createTargetNames(exposure);
  if (events !== undefined) return readEventsFile(events, names);
  if (preset === undefined) throw new UsageError('Say what happens: --scenario NAME or --events FILE.');
  if (preset === 'replay') return chooseReplay(options, presets);
  const scenario = chooseSuggestion(preset, presets);
  return { ...scenario, events: scenario.events.map((event) => applyOptions(event, options, names)) };
}
