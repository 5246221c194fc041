/** Kinds and limits of scenarios, without a schema: the engine's worker needs them and loads none of scenario.ts. */
import type { Dependency } from './instrument.ts';
import type { ScenarioEvent } from './scenario.ts';

export const MAX_EVENTS = 64;
export const MAX_COVERS = 16;
/** Longest closure of a redemption queue that can be entered, in days. */
export const MAX_DAYS = 3650;
/** In an event: every service of the operator, or every operator. */
export const ALL = 'all';

/** What a scenario can be started from; each is suggested at what carries the most of the portfolio. */
export const SUGGESTED_PRESETS = [
  'operator-slash',
  'service-compromised',
  'provider-slash',
  'client-bug',
  'contract-failure',
  'oracle-failure',
  'bridge-failure',
  'custodian-failure',
  'governance-failure',
  'unbacked-supply',
  'depeg',
  'queue-closed',
] as const;
export type SuggestedPreset = (typeof SUGGESTED_PRESETS)[number];

/** The presets that are a dependency's failure, and of which kind it is. */
export const FAILING_KINDS = {
  'contract-failure': 'contract',
  'oracle-failure': 'oracle',
  'bridge-failure': 'bridge',
  'custodian-failure': 'custodian',
  'governance-failure': 'governance',
} as const satisfies Partial<Record<SuggestedPreset, Dependency['kind']>>;
export type FailurePreset = keyof typeof FAILING_KINDS;

export function isFailurePreset(preset: SuggestedPreset): preset is FailurePreset {
  return Object.hasOwn(FAILING_KINDS, preset);
}

/** What data can say against itself, so that a position or an operator is left out. */
export const CONTRADICTIONS = [
  'below-zero',
  'legs-do-not-sum',
  'legs-without-value',
  'factor-out-of-range',
  'no-shares-left',
  'magnitude-above-one',
  'encumbered-above-max',
  'pending-above-allocation',
  'allocated-above-max',
  'allocated-above-encumbered',
] as const;

/** Whether the event reaches value through operators: then it passes by what stands with nobody visible. */
export function strikesOperators({ kind }: ScenarioEvent): boolean {
  return kind === 'operator-slash' || kind === 'service-compromised' || kind === 'client-bug';
}
