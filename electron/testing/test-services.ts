/** The services on a store in memory, a clock that is moved by hand, and a chain that answers what a test says. */
import { join } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import type { AppEvent } from '../../shared/contract/methods.ts';
import { buildExposure } from '../../shared/domain/build-exposure.ts';
import { addValues } from '../../shared/domain/position-values.ts';
import { valuePositions } from '../../shared/domain/value-positions.ts';
import { parseRpcUrl } from '../chain/ethereum/rpc-url.ts';
import { loadCatalog } from '../catalog/load-catalog.ts';
import { networkIdOf, parseNetworkFile, summarizeNetwork } from '../chain/networks.ts';
import { loadHazards } from '../hazards.ts';
import type { Host, OfferedFile } from '../host.ts';
import { loadIncidents } from '../incidents.ts';
import type { JobClock } from '../jobs.ts';
import type { ApiBases } from '../market/api-bases.ts';
import { createFetchJson, type FetchLimits } from '../market/fetch-json.ts';
import { buildReport } from '../report/build-report.ts';
import { reportFileName, REPORT_MIME } from '../report/file-name.ts';
import { historyFiles } from '../report/history-files.ts';
import { renderReportCsv } from '../report/render-csv.ts';
import { renderReportJson } from '../report/render-json.ts';
import { replayIncident } from '../risk/scenario/replay-incident.ts';
import { loadSolver } from '../risk/worker.ts';
import { createTaskRunners } from '../risk/tasks.ts';
import { suggestScenario } from '../risk/scenario/suggest-scenario.ts';
import { createServices } from '../services/create-services.ts';
import { parseBabylonUrl } from '../chain/bitcoin/babylon-node.ts';
import { readBitcoinAccount } from '../chain/bitcoin/account-text.ts';
import { parseServerUrl } from '../chain/bitcoin/server-url.ts';
import type { BitcoinReader, ChainReader, Engine, Sample } from '../services/readers.ts';
import type { Services } from '../services/services.ts';
import { openStore, type Store } from '../store/store.ts';
import { makeBitcoinReading } from './made-up-bitcoin.ts';
import { makeAccount, makeAddress, makeNetwork, makeObservation, makePortfolio } from './made-up.ts';

export interface FakeClock extends JobClock {
  /** Lets `ms` pass and calls back what was due. */
  pass(ms: number): void;
}

export function createFakeClock(): FakeClock {
  let now = 1_700_000_000_000;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass(ms) {
      now += ms;
      for (const timer of timers) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}

/** `id-1`, `id-2`, … */
export function createCounter(prefix: string): () => string {
  let count = 0;
  return () => `${prefix}-${(count += 1)}`;
}

export interface TestServices {
  readonly services: Services;
  readonly store: Store;
  readonly clock: FakeClock;
  readonly events: AppEvent[];
  /** What the chain answers; a test replaces what it is about. */
  readonly chain: { -readonly [K in keyof ChainReader]: ChainReader[K] };
  readonly bitcoin: { -readonly [K in keyof BitcoinReader]: BitcoinReader[K] };
  readonly host: { -readonly [K in keyof Host]: Host[K] };
  readonly savedFiles: OfferedFile[];
}

const ASSETS = join(import.meta.dirname, '..', '..', 'assets');
const MAINNET = { ...makeNetwork('Ethereum'), chainId: 1 };

function createSample(): Sample {
  const account = { ...makeAccount('sample', 90), id: 'sample-account' };
  const observation = makeObservation([account.address]);
  const { block } = observation.origin;
  return {
    portfolio: { ...makePortfolio(0), id: 'sample', name: 'Sample', kind: 'sample' },
    accounts: [account],
    observation: { ...observation, origin: { kind: 'sample', note: 'invented', block, blockSeconds: 12 } },
  };
}

/** Nothing listens there: a test that asks the public API by mistake reaches nobody. */
const NO_API = {
  bases: {
    'yields.llama.fi': 'http://127.0.0.1:9',
    'api.llama.fi': 'http://127.0.0.1:9',
    'coins.llama.fi': 'http://127.0.0.1:9',
  },
} as const;

const runners = createTaskRunners({ loadSolver });

/** The engine without its thread. */
const engine: Engine = {
  run: async (task, input, { onProgress }) =>
    runners[task](input, { onProgress: (done, total) => onProgress(done / total) }),
  close: async () => undefined,
};

export function createTestServices(
  store: Store = openStore(null),
  sample: Sample = createSample(),
  api: { readonly bases: ApiBases; readonly limits?: FetchLimits } = NO_API,
): TestServices {
  const clock = createFakeClock();
  const events: AppEvent[] = [];
  const savedFiles: OfferedFile[] = [];
  const chain: ChainReader = {
    observe: async ({ addresses }) => makeObservation(addresses),
    resolveName: async () => makeAddress(77),
    probe: async () => ({ chainId: 1, blockNumber: 5n, endpoint: 'node.made-up.test' }),
    parseUrl: (text) => parseRpcUrl(text).url,
  };
  const bitcoin: BitcoinReader = {
    readAccount: readBitcoinAccount,
    describeBabylon: () => null,
    readBabylonNode: async () => {
      throw new AppError('node-unreachable', 'Nobody there.');
    },
    parseBabylonNode: parseBabylonUrl,
    parseServer: parseServerUrl,
    probe: async ({ network }) => ({ kind: 'electrum', network, height: 5, endpoint: 'server.made-up.test' }),
    read: async ({ network, accounts }) => makeBitcoinReading(network, accounts),
    follow: async () => ({ compare: async () => true, close: () => undefined }),
  };
  const host: Host = {
    kind: 'none',
    canPrint: true,
    saveFile: async (file) => {
      savedFiles.push(file);
      return { path: `/made-up/${file.name}` };
    },
    printReport: async () => new TextEncoder().encode('printed'),
    notify: () => undefined,
  };
  const services = createServices({
    store,
    sample,
    files: {
      bundled: [{ id: 'ethereum', network: MAINNET }],
      parse: (text) => parseNetworkFile(text),
      idOf: networkIdOf,
      summarize: summarizeNetwork,
    },
    chain: {
      observe: (request) => chain.observe(request),
      resolveName: (node, name) => chain.resolveName(node, name),
      probe: (node) => chain.probe(node),
      parseUrl: (text) => chain.parseUrl(text),
    },
    bitcoin: {
      readAccount: (text, network) => bitcoin.readAccount(text, network),
      describeBabylon: (network, file) => bitcoin.describeBabylon(network, file),
      readBabylonNode: (node, file, hooks) => bitcoin.readBabylonNode(node, file, hooks),
      parseBabylonNode: (text) => bitcoin.parseBabylonNode(text),
      parseServer: (text) => bitcoin.parseServer(text),
      probe: (server) => bitcoin.probe(server),
      read: (request, hooks) => bitcoin.read(request, hooks),
      follow: (server, read, hooks) => bitcoin.follow(server, read, hooks),
    },
    domain: {
      value: valuePositions,
      lookThrough: buildExposure,
      addValues,
    },
    engine,
    presets: { suggest: suggestScenario, replay: replayIncident, incidents: [] },
    hazards: loadHazards(ASSETS),
    catalog: loadCatalog(ASSETS, loadIncidents(ASSETS)),
    connectApi: (isAllowed) =>
      createFetchJson({ isAllowed, now: () => clock.now(), bases: api.bases, limits: api.limits }),
    allowedHosts: [],
    writers: {
      build: buildReport,
      csv: renderReportCsv,
      json: renderReportJson,
      finishPdf: async (printed) => printed,
      offer: (report, format, bytes) => ({
        name: reportFileName(report, format),
        mime: REPORT_MIME[format],
        bytes,
      }),
    },
    historyFiles,
    host: () => host,
    clock,
    randomId: createCounter('id'),
    randomTicket: createCounter('ticket'),
    version: '0.0.0',
    emit: (event) => void events.push(event),
    signal: new AbortController().signal,
  });
  return { services, store, clock, events, chain, bitcoin, host, savedFiles };
}
