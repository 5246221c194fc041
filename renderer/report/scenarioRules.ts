/** Which of the rules of a scenario a run made use of: only those are explained with it. Pure. */
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { ScenarioResult } from '../../shared/domain/scenario.ts';

export type ScenarioRule =
  | 'allocated'
  | 'magnitude'
  | 'queued'
  | 'pooled'
  | 'shared'
  | 'consensus'
  | 'dependency'
  | 'stake'
  | 'unbacked'
  | 'market'
  | 'locked'
  | 'cover'
  | 'order';

export function listScenarioRules(
  { events, covers }: Pick<ScenarioResult, 'events' | 'covers'>,
  { operators }: Pick<Exposure, 'operators'>,
): readonly ScenarioRule[] {
  const rules = new Set<ScenarioRule>();
  for (const { event } of events) {
    switch (event.kind) {
      case 'operator-slash':
      case 'service-compromised':
        for (const rule of ['allocated', 'magnitude', 'queued', 'pooled'] as const) rules.add(rule);
        if (operators.some(({ mode }) => mode !== 'unique')) rules.add('shared');
        break;
      case 'client-bug':
        rules.add('consensus').add('pooled');
        break;
      case 'provider-slash':
        rules.add('stake');
        break;
      case 'contract-failure':
        rules.add('dependency');
        break;
      case 'unbacked-supply':
        rules.add('unbacked');
        break;
      case 'depeg':
        rules.add('market');
        break;
      case 'queue-closed':
        rules.add('locked');
        break;
    }
  }
  if (covers.length > 0) rules.add('cover');
  return [...rules, 'order'];
}
