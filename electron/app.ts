/**
 * Composition root: builds the services on a host and a data folder. Imports no Electron; each entry (Electron's main,
 * the Chromium host, the command line) hands in what differs.
 */
import { randomBytes } from 'node:crypto';
import { encode } from '../shared/contract/codec.ts';
import type { Job } from '../shared/contract/jobs.ts';
import type { AppEvent, AppInfo } from '../shared/contract/methods.ts';
import type { ApiHost } from '../shared/contract/settings.ts';
import { buildExposure } from '../shared/domain/build-exposure.ts';
import { addValues } from '../shared/domain/position-values.ts';
import { valuePositions } from '../shared/domain/value-positions.ts';
import { createText } from '../shared/text/text.ts';
import { createBitcoinReader } from './chain/bitcoin/bitcoin-reader.ts';
import { resolveEnsName } from './chain/ethereum/ens.ts';
import { observeAccounts } from './chain/ethereum/observe.ts';
import { probeNode } from './chain/ethereum/probe.ts';
import { parseRpcUrl } from './chain/ethereum/rpc-url.ts';
import { loadBundledNetworks, networkIdOf, parseNetworkFile, summarizeNetwork } from './chain/networks.ts';
import { loadCatalog } from './catalog/load-catalog.ts';
import { createDispatch } from './dispatch.ts';
import { loadHazards } from './hazards.ts';
import type { Host, ServedApp } from './host.ts';
import { loadIncidents } from './incidents.ts';
import type { JobClock } from './jobs.ts';
import type { ApiBases } from './market/api-bases.ts';
import { createFetchJson } from './market/fetch-json.ts';
import type { PlatformName } from './platform.ts';
import { buildReport } from './report/build-report.ts';
import { reportFileName, REPORT_MIME } from './report/file-name.ts';
import { finishPdf } from './report/finish-pdf.ts';
import { historyFiles } from './report/history-files.ts';
import { renderReportCsv } from './report/render-csv.ts';
import { renderReportJson } from './report/render-json.ts';
import { replayIncident } from './risk/scenario/replay-incident.ts';
import { suggestScenario } from './risk/scenario/suggest-scenario.ts';
import { loadSample } from './samples.ts';
import { createServices } from './services/create-services.ts';
import { createEngineThread } from './services/engine-thread.ts';
import { createHandlers } from './services/handlers.ts';
import type { ChainReader, Domain } from './services/readers.ts';
import type { NetworkFiles } from './services/networks.ts';
import type { ReportWriters } from './services/reports.ts';
import type { Services } from './services/services.ts';
import { openStore } from './store/store.ts';

export interface AppOptions {
  /** Where the store is; null keeps everything in memory. */
  readonly dataDir: string | null;
  /** The folder `assets` of the program. */
  readonly assetsDir: string;
  readonly version: string;
  /** As a function where the host is made after the services. */
  readonly host: Host | (() => Host);
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly randomId: () => string;
  /** The engine's worker: electron/risk/worker.ts, or its bundle. */
  readonly workerUrl: URL;
  /** What reads Bitcoin: electron/chain/bitcoin/bitcoin-worker.ts, or its bundle. */
  readonly bitcoinWorkerUrl: URL;
  readonly platform: PlatformName;
  /** Hosts of the public API allowed for this run, beside those of the settings. */
  readonly allowedHosts?: readonly ApiHost[];
  /** Servers on this machine that stand in for those hosts, in tests. */
  readonly apiBases?: ApiBases;
}

export interface App {
  readonly served: ServedApp;
  readonly services: Services;
  /** Sends an event to every subscriber, as the services do. */
  emit(event: AppEvent): void;
  /** Cancels what runs, waits for it to stop, and closes the store. May be called again. */
  close(): Promise<void>;
}

/** Only work that took long enough for somebody to look away is told on the desktop. */
const NOTIFY_AFTER_MS = 10_000;
/** Of a print ticket, which is all that stands between a page and a report. */
const TICKET_BYTES = 16;

function createChainReader(now: () => number): ChainReader {
  return {
    observe: (request) => observeAccounts({ ...request, now }),
    resolveName: (node, name) => resolveEnsName({ ...node, name, now }),
    probe: (node) => probeNode({ ...node, now }),
    parseUrl: (text) => parseRpcUrl(text).url,
  };
}

const domain: Domain = {
  value: valuePositions,
  lookThrough: buildExposure,
  addValues,
};

function loadNetworkFiles(assetsDir: string): NetworkFiles {
  return {
    bundled: loadBundledNetworks(assetsDir),
    parse: (text) => parseNetworkFile(text),
    idOf: networkIdOf,
    summarize: summarizeNetwork,
  };
}

const writers: ReportWriters = {
  build: buildReport,
  csv: renderReportCsv,
  json: renderReportJson,
  finishPdf,
  offer: (report, format, bytes) => ({
    name: reportFileName(report, format),
    mime: REPORT_MIME[format],
    bytes,
  }),
};

function createClock(now: () => number): JobClock {
  return {
    now,
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** Tells the end of long work on the desktop. Names neither portfolio nor amount: others can read a screen. */
function createNotifier(host: () => Host): (job: Job) => void {
  const { t } = createText();
  return (job) => {
    if (job.state !== 'done' && job.state !== 'failed') return;
    if (job.endedAt === null || job.endedAt - job.startedAt < NOTIFY_AFTER_MS) return;
    host().notify('Ballast', t(`jobs.ended.${job.kind}.${job.state}`));
  };
}

/** @throws AppError store-locked, store-newer, store-unreadable; bad-network-file or internal for damaged assets */
export function createApp(options: AppOptions): App {
  const { dataDir, assetsDir, version, now, randomId, workerUrl, bitcoinWorkerUrl, platform } = options;
  const host = (): Host => (typeof options.host === 'function' ? options.host() : options.host);
  // The assets first: where they are damaged the store need not be opened.
  const sample = loadSample(assetsDir);
  const files = loadNetworkFiles(assetsDir);
  const incidents = loadIncidents(assetsDir);
  const hazards = loadHazards(assetsDir);
  const catalog = loadCatalog(assetsDir, incidents);
  const store = openStore(dataDir);

  const listeners = new Set<(event: string) => void>();
  const notify = createNotifier(host);
  function emit(event: AppEvent): void {
    const text = encode(event);
    for (const listener of listeners) listener(text);
    if (event.kind === 'job') notify(event.job);
  }

  const ending = new AbortController();
  const engine = createEngineThread(workerUrl, randomId);
  const services = createServices({
    store,
    sample,
    files,
    chain: createChainReader(now),
    bitcoin: createBitcoinReader({ assetsDir, workerUrl: bitcoinWorkerUrl, now }),
    domain,
    engine,
    presets: { suggest: suggestScenario, replay: replayIncident, incidents },
    hazards,
    catalog,
    connectApi: (isAllowed) => createFetchJson({ isAllowed, now, bases: options.apiBases }),
    allowedHosts: options.allowedHosts ?? [],
    writers,
    historyFiles,
    host,
    clock: createClock(now),
    randomId,
    randomTicket: () => randomBytes(TICKET_BYTES).toString('hex'),
    version,
    emit,
    signal: ending.signal,
  });
  const getInfo = (): AppInfo => {
    const { kind, canPrint } = host();
    return { version, host: kind, dataDir: dataDir ?? '', platform, canPrint };
  };

  return {
    served: {
      dispatch: createDispatch(createHandlers(services, getInfo)),
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    services,
    emit,
    async close() {
      ending.abort();
      await services.jobs.close();
      await engine.close();
      store.close();
    },
  };
}
