/** Scenarios: run by the engine as a job, and kept. */
import { AppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { ScenarioPresets } from '../../shared/contract/methods.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Incident, Replay } from '../../shared/domain/incident.ts';
import type { Run, Scenario } from '../../shared/domain/scenario.ts';
import { SUGGESTED_PRESETS, type SuggestedPreset } from '../../shared/domain/scenario-kinds.ts';
import type { JobRunner } from '../jobs.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import type { Portfolios } from './portfolios.ts';
import type { Engine } from './readers.ts';
import type { Readings } from './readings.ts';
import { refuseSecretsIn } from './typed-text.ts';

export interface Stress {
  /** Null where the portfolio has nothing of the kind. @throws AppError not-found, nothing-observed */
  suggest(portfolioId: string, preset: SuggestedPreset): Scenario | null;
  /** All of them, and the replays of incidents that struck what the portfolio holds. @throws as `suggest` */
  listPresets(portfolioId: string): ScenarioPresets;
  /** Runs it on the newest reading. @throws AppError not-found, nothing-observed, secret-refused */
  start(portfolioId: string, scenario: Scenario): Job;
  /** Newest first. @throws AppError not-found */
  list(portfolioId: string): readonly Run[];
  /** @throws AppError not-found */
  get(runId: string): Run;
}

/** What scenarios are started from: suggestions of the engine, and recorded incidents. */
export interface PresetMaker {
  readonly suggest: (exposure: Exposure, preset: SuggestedPreset) => Scenario | null;
  readonly replay: (exposure: Exposure, incident: Incident, replay: Replay) => Scenario | null;
  readonly incidents: readonly Incident[];
}

interface Parts {
  readonly store: Store;
  readonly portfolios: Portfolios;
  readonly readings: Readings;
  readonly engine: Engine;
  readonly presets: PresetMaker;
  readonly jobs: JobRunner;
  readonly changes: Changes;
  readonly now: () => number;
  readonly randomId: () => string;
}

const STEP = 'jobs.step.simulating';

/** The public keys of providers that stakes are with are written as a private key is, and are none. */
function withoutKnownProviders(scenario: Scenario, { positions }: Exposure): Scenario {
  const known = new Set(
    positions.flatMap(({ legs }) => legs.flatMap((leg) => (leg.kind === 'provider' ? [leg.provider] : []))),
  );
  const events = scenario.events.map((event) =>
    event.kind === 'provider-slash' && known.has(event.provider) ? { ...event, provider: '' } : event,
  );
  return { ...scenario, events };
}

export function createStress(parts: Parts): Stress {
  const { store, portfolios, readings, engine, presets, jobs, changes, now, randomId } = parts;
  return {
    suggest: (portfolioId, preset) => presets.suggest(readings.get(portfolioId).exposure(), preset),
    listPresets: (portfolioId) => listPresets(readings.get(portfolioId).exposure(), presets),
    start(portfolioId, scenario) {
      // Taken now: what is run is what was on screen when the button was pressed.
      const exposure = readings.get(portfolioId).exposure();
      // Ids are not typed by people, but a run keeps them whatever they are.
      refuseSecretsIn(withoutKnownProviders(scenario, exposure));
      return jobs.start({
        kind: 'scenario',
        portfolioId,
        step: STEP,
        work: async ({ signal, report }) => {
          const onProgress = (progress: number): void => report(progress, STEP);
          const result = await engine.run('run-scenario', { exposure, scenario }, { signal, onProgress });
          signal.throwIfAborted();
          const id = randomId();
          store.runs.insert({
            id,
            portfolioId,
            ranAt: now(),
            blockNumber: exposure.origin.block.number,
            result,
          });
          changes.tellRuns(portfolioId);
          return id;
        },
      });
    },
    list(portfolioId) {
      portfolios.get(portfolioId);
      return store.runs.list(portfolioId);
    },
    get(runId) {
      const run = store.runs.find(runId);
      if (run) return run;
      throw new AppError('not-found', 'This run is not kept any more.', {
        detail: 'The newest hundred runs of a portfolio are kept.',
        help: 'Run the scenario again.',
      });
    },
  };
}

function listPresets(exposure: Exposure, { suggest, replay, incidents }: PresetMaker): ScenarioPresets {
  return {
    suggestions: SUGGESTED_PRESETS.map((preset) => ({ preset, scenario: suggest(exposure, preset) })),
    replays: incidents.flatMap((incident) =>
      incident.replays.flatMap((entry) => {
        const scenario = replay(exposure, incident, entry);
        return scenario === null ? [] : [{ id: `${incident.id}:${entry.id}`, incident, scenario }];
      }),
    ),
  };
}
