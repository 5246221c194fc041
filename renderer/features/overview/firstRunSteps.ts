/** The way from an empty portfolio to its first figures. Pure. */

const FIRST_RUN_STEPS = ['node', 'account', 'refresh'] as const;
export type FirstRunStepId = (typeof FIRST_RUN_STEPS)[number];

export interface FirstRunStep {
  readonly id: FirstRunStepId;
  readonly state: 'done' | 'next' | 'later';
}

/** Each step in order; the first that is not done is next. */
export function listFirstRunSteps(done: Readonly<Record<FirstRunStepId, boolean>>): readonly FirstRunStep[] {
  const next = FIRST_RUN_STEPS.find((id) => !done[id]);
  return FIRST_RUN_STEPS.map((id) => ({ id, state: done[id] ? 'done' : id === next ? 'next' : 'later' }));
}
