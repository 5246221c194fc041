/** What a step of a waterfall is called: whom the event strikes, the ends by their names. */
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { ScenarioResult } from '../../shared/domain/scenario.ts';
import { nameEvent } from '../../shared/format/scenario.ts';
import type { Translate } from '../../shared/text/text.ts';
import type { WaterfallStep } from './options/buildWaterfall.ts';

export function describeStep(
  step: WaterfallStep,
  result: ScenarioResult,
  exposure: Exposure,
  t: Translate,
): string {
  if (step.kind !== 'loss') return t(`simulate.result.step.${step.kind}`);
  const event = step.index === null ? undefined : result.events[step.index]?.event;
  if (step.index === null || event === undefined)
    return t('simulate.result.step.rest', { count: step.count });
  return `${step.index + 1}. ${nameEvent(event, exposure, t)}`;
}
