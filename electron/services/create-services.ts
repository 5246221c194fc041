/** Builds the services in the order in which they need each other. */
import type { AppEvent } from '../../shared/contract/methods.ts';
import type { Hazards } from '../../shared/domain/hazards.ts';
import type { Host } from '../host.ts';
import { createJobRunner, type JobClock } from '../jobs.ts';
import type { Store } from '../store/store.ts';
import { createAccounts } from './accounts.ts';
import { createChanges } from './changes.ts';
import { createExits } from './exits.ts';
import { createNetworks, type NetworkFiles } from './networks.ts';
import { createNodes } from './nodes.ts';
import { createObserve } from './observe.ts';
import { createPortfolios } from './portfolios.ts';
import type { ChainReader, Domain, Engine, Sample } from './readers.ts';
import { createReadings } from './readings.ts';
import { createReports, type ReportWriters } from './reports.ts';
import type { Services } from './services.ts';
import { createSettings } from './settings.ts';
import { createStress, type PresetMaker } from './stress.ts';
import { createStudies } from './studies.ts';
import { createUndoStack } from './undo.ts';

export interface ServiceParts {
  readonly store: Store;
  readonly sample: Sample;
  readonly files: NetworkFiles;
  readonly chain: ChainReader;
  readonly domain: Domain;
  readonly engine: Engine;
  readonly presets: PresetMaker;
  readonly hazards: Hazards;
  readonly writers: ReportWriters;
  readonly host: () => Host;
  readonly clock: JobClock;
  readonly randomId: () => string;
  readonly randomTicket: () => string;
  readonly version: string;
  readonly emit: (event: AppEvent) => void;
  /** Aborts when the program ends. */
  readonly signal: AbortSignal;
}

export function createServices(parts: ServiceParts): Services {
  const now = (): number => parts.clock.now();
  const changes = createChanges(parts.emit);
  const jobs = createJobRunner({
    clock: parts.clock,
    randomId: parts.randomId,
    onChange: (job) => parts.emit({ kind: 'job', job }),
  });
  const undo = createUndoStack(changes);
  const base = { ...parts, now, changes, jobs, undo };
  const networks = createNetworks(base);
  const nodes = createNodes(parts.store, networks);
  const settings = createSettings({ ...base, networks });
  const portfolios = createPortfolios({ ...base, networks });
  const accounts = createAccounts({ ...base, portfolios, nodes });
  const readings = createReadings({ ...base, portfolios, accounts });
  const observe = createObserve({ ...base, portfolios, accounts, nodes });
  const stress = createStress({ ...base, portfolios, readings });
  const studies = createStudies({ ...base, portfolios, readings });
  const exits = createExits({ readings });
  const reports = createReports({ ...base, portfolios, readings, stress, studies });
  return {
    portfolios,
    accounts,
    settings,
    networks,
    observe,
    readings,
    stress,
    studies,
    exits,
    reports,
    jobs,
    undo,
  };
}
