import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { GlobalFact, ImportFact } from './source-facts.ts';

export const checkedAreas = ['electron', 'renderer', 'shared', 'e2e'] as const;

/** What the files of an area may import of ours. */
const allowedAreas: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared/'],
  renderer: ['renderer/', 'shared/'],
  electron: ['electron/', 'shared/'],
  // The tests may look behind everything.
  e2e: ['e2e/', 'electron/', 'renderer/', 'shared/', 'scripts/'],
};

const networkModules = new Set(['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'ws', 'undici']);
const viemTransports = new Set([
  'http',
  'webSocket',
  'ipc',
  'createClient',
  'createPublicClient',
  'createTestClient',
  'createWalletClient',
]);
const networkGlobals = new Set([
  'fetch',
  'WebSocket',
  'WebTransport',
  'EventSource',
  'XMLHttpRequest',
  'RTCPeerConnection',
  'navigator.sendBeacon',
]);

const fileModules = new Set(['fs', 'sqlite']);
const filePlaces =
  /^electron\/(?:(?:store|report|hosts|cli)\/|main\.ts$|chromium-main\.ts$|app\.ts$|(?:samples|incidents|hazards)\.ts$|cli[^/]*\.ts$|platform[^/]*\.ts$|chain\/networks\.ts$|catalog\/load-catalog\.ts$|chain\/bitcoin\/load-babylon-data\.ts$)/;

const entries = /^electron\/(?:main|chromium-main|cli)\.ts$/;

const electronPlaces = /^electron\/(?:main\.ts$|preload\.ts$|hosts\/electron(?:\/|[^/]*\.ts$))/;

/** Why a pure file may not use a global: what to do instead. */
const impureGlobals: Readonly<Record<string, string>> = {
  'Date.now': 'take the time as an input',
  'new Date()': 'take the time as an input',
  'Math.random': 'take the seed as an input',
  'crypto.randomUUID': 'take the id as an input',
  'crypto.getRandomValues': 'take the random bytes as an input',
  performance: 'take the time as an input',
  process: 'take what it says as an input',
  Buffer: 'use Uint8Array',
  setTimeout: 'leave waiting to the caller',
  setInterval: 'leave waiting to the caller',
  setImmediate: 'leave waiting to the caller',
  requestAnimationFrame: 'leave waiting to the caller',
  globalThis: 'name what is used of it',
  document: 'leave the page to renderer',
  location: 'leave the page to renderer',
  navigator: 'leave the page to renderer',
  localStorage: 'leave storage to electron/store',
  sessionStorage: 'leave storage to electron/store',
  indexedDB: 'leave storage to electron/store',
};

/** The roots of every global some rule is about; `source-facts` looks for these only. */
export const watchedGlobals: ReadonlySet<string> = new Set(
  [...networkGlobals, ...Object.keys(impureGlobals), 'Date'].map((name) =>
    name.replace(/^new /, '').replace(/[.(].*$/, ''),
  ),
);

function isTest(path: string): boolean {
  return /\.(?:test|spec)\.tsx?$/.test(path);
}

function isPure(path: string): boolean {
  return path.startsWith('shared/') || path.startsWith('electron/risk/');
}

/** Without `node:` and without a subpath: `node:fs/promises` is `fs`. */
function nameModule(specifier: string): string {
  return specifier.replace(/^node:/, '').replace(/^((?:@[^/]+\/)?[^/]+).*$/, '$1');
}

function isNodeModule(specifier: string): boolean {
  return specifier.startsWith('node:') || isBuiltin(specifier);
}

/** The broken rules of one import, in words. */
export function judgeImport(path: string, found: ImportFact): string[] {
  const { specifier } = found;
  if (specifier.startsWith('.')) return judgeFolder(path, specifier);
  return [
    judgeElectron(path, specifier),
    ...(isTest(path)
      ? []
      : [
          judgePureImport(path, specifier),
          judgeNode(path, specifier),
          judgeFiles(path, found),
          judgeNetwork(path, found),
        ]),
  ].filter((message) => message !== null);
}

/** The broken rules of one use of a global, in words. */
export function judgeGlobal(path: string, { name }: GlobalFact): string[] {
  if (isTest(path)) return [];
  const messages: string[] = [];
  const [root = ''] = name.split('.');
  if ((networkGlobals.has(name) || networkGlobals.has(root)) && !mayUseNetwork(path)) {
    const isTransport = path === 'renderer/transport.ts' && root === 'WebSocket';
    if (!isTransport)
      messages.push(`${name} reaches the network; only electron/chain, market and catalog may`);
  }
  const remedy = impureGlobals[name] ?? impureGlobals[root];
  if (isPure(path) && remedy !== undefined) messages.push(`pure code may not use ${name}: ${remedy}`);
  return messages;
}

function judgeFolder(path: string, specifier: string): string[] {
  const [area = ''] = path.split('/');
  const target = posix.normalize(posix.join(posix.dirname(path), specifier.replace(/\?.*$/, '')));
  const allowed = [...(allowedAreas[area] ?? [])];
  if (area === 'electron' && isTest(path)) allowed.push('e2e/nodes/');
  if (path.startsWith('electron/risk/') && !isTest(path)) {
    const isAllowed = target.startsWith('electron/risk/') || target.startsWith('shared/');
    return isAllowed ? [] : [`electron/risk may import electron/risk and shared, not ${target}`];
  }
  if (allowed.some((folder) => target.startsWith(folder))) return [];
  // The entries tell the services the program's version.
  if (target === 'package.json' && entries.test(path)) return [];
  return [`${area} may import ${allowed.map((folder) => folder.slice(0, -1)).join(', ')}, not ${target}`];
}

function judgeElectron(path: string, specifier: string): string | null {
  if (nameModule(specifier) !== 'electron' || electronPlaces.test(path)) return null;
  return "only electron/main.ts, electron/preload.ts and electron/hosts/electron* may import 'electron'";
}

function judgePureImport(path: string, specifier: string): string | null {
  if (!isPure(path)) return null;
  // The one file of the engine that carries threads and the solver, whose time limit needs a clock.
  const forWorker = ['node:worker_threads', 'node:perf_hooks'];
  if (path === 'electron/risk/worker.ts' && forWorker.includes(specifier)) return null;
  const isReact = /^react(?:-|$)/.test(nameModule(specifier));
  return isReact || isNodeModule(specifier) ? `pure code may not import ${specifier}` : null;
}

function judgeNode(path: string, specifier: string): string | null {
  return path.startsWith('renderer/') && isNodeModule(specifier)
    ? `the page has no Node: renderer may not import ${specifier}`
    : null;
}

function judgeFiles(path: string, { specifier, isTypeOnly }: ImportFact): string | null {
  const isChecked = path.startsWith('electron/') && !isPure(path);
  if (!isChecked || isTypeOnly || !isNodeModule(specifier) || !fileModules.has(nameModule(specifier)))
    return null;
  return filePlaces.test(path)
    ? null
    : `only the store, the reports, the hosts and the entries may import ${specifier}`;
}

function mayUseNetwork(path: string): boolean {
  return /^electron\/(?:chain|market|catalog)\//.test(path) || path.startsWith('e2e/');
}

function judgeNetwork(path: string, { specifier, isTypeOnly, names }: ImportFact): string | null {
  if (isTypeOnly || mayUseNetwork(path)) return null;
  const module = nameModule(specifier);
  if (module === 'viem') {
    const transport = names.find((name) => name === '*' || viemTransports.has(name));
    if (transport === undefined) return null;
    return `${transport} of ${specifier} can reach the network; only electron/chain, market and catalog may`;
  }
  if (!networkModules.has(module)) return null;
  // The loopback server between the browser and the services.
  if (path.startsWith('electron/hosts/chromium') && (specifier === 'node:http' || specifier === 'ws'))
    return null;
  return `${specifier} reaches the network; only electron/chain, market and catalog may import it`;
}
