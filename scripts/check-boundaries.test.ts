import { describe, expect, it } from 'vitest';
import { findViolations } from './check-boundaries.ts';

function listRules(path: string, source: string): string[] {
  return findViolations(path, source).map((violation) => violation.rule);
}

const imports = (specifier: string): string => `import { a } from '${specifier}';\nexport const b = a;`;

type Case = readonly [path: string, source: string];

describe('folders', () => {
  it.each<Case>([
    ['shared/domain/a.ts', imports('../../electron/app.ts')],
    ['shared/domain/a.test.ts', imports('../../electron/app.ts')],
    ['shared/a.ts', imports('../assets/catalog/index.json')],
    ['renderer/a.tsx', imports('../electron/app.ts')],
    ['renderer/a.test.ts', imports('../e2e/nodes/anvil.ts')],
    ['renderer/a.ts', "export type { A } from '../electron/app.ts';"],
    ['renderer/a.ts', "export type A = import('../electron/app.ts').A;"],
    ['renderer/a.ts', "export const load = () => import('../electron/app.ts');"],
    ['electron/a.ts', imports('../renderer/a.ts')],
    ['electron/a.ts', imports('../e2e/nodes/anvil.ts')],
    ['electron/a.test.ts', imports('../e2e/page.ts')],
    ['electron/risk/a.ts', imports('../store/store.ts')],
    ['electron/app.ts', imports('../package.json')],
  ])('refuses %s: %s', (path, source) => {
    expect(listRules(path, source)).toEqual([expect.stringMatching(/may import .* not /)]);
  });

  it.each<Case>([
    ['shared/domain/a.ts', imports('../contract/b.ts')],
    ['renderer/a.tsx', imports('../shared/contract/b.ts')],
    ['renderer/a.tsx', "import './a.css';"],
    ['electron/app.ts', imports('./store/store.ts')],
    ['electron/chromium-main.ts', imports('../package.json')],
    ['electron/a.test.ts', imports('../e2e/nodes/anvil.ts')],
    ['electron/risk/a.ts', imports('../../shared/domain/units.ts')],
    ['electron/risk/a.test.ts', imports('../store/store.ts')],
    ['e2e/a.spec.ts', imports('../electron/hosts/find-browser.ts')],
  ])('allows %s: %s', (path, source) => {
    expect(listRules(path, source)).toEqual([]);
  });
});

describe('purity', () => {
  it.each<Case>([
    ['shared/a.ts', imports('node:crypto')],
    ['shared/a.ts', imports('path')],
    ['shared/a.ts', "import type { Stats } from 'node:fs';\nexport type A = Stats;"],
    ['electron/risk/a.ts', imports('react')],
    ['electron/risk/a.ts', imports('node:worker_threads')],
    ['electron/risk/worker.ts', imports('node:os')],
    ['renderer/a.ts', imports('node:path')],
  ])('refuses %s: %s', (path, source) => {
    expect(listRules(path, source)).toHaveLength(1);
  });

  it.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'Math.random()',
    'Math["random"]()',
    'crypto.randomUUID()',
    'performance.now()',
    'process.env',
    'setTimeout(f, 1)',
    'globalThis.process',
    'globalThis',
    'window.location.href',
    'document.title.length',
    'globalThis.Date.now()',
    '{ now: Date.now }',
    '[setTimeout]',
  ])('refuses %s in pure code', (expression) => {
    const source = `export const a = (f: () => void) => [f, ${expression}];`;
    expect(listRules('shared/domain/a.ts', source)).toEqual([
      expect.stringContaining('pure code may not use'),
    ]);
    expect(listRules('electron/risk/a.ts', source)).toHaveLength(1);
    expect(listRules('electron/risk/a.test.ts', source)).toEqual([]);
    expect(listRules('electron/app.ts', source)).toEqual([]);
  });

  it('counts a chain once', () => {
    expect(listRules('shared/a.ts', 'export const a = process.env.HOME;')).toEqual([
      'pure code may not use process.env.HOME: take what it says as an input',
    ]);
  });

  it.each([
    'export const a = (seconds: number) => new Date(seconds * 1000).toISOString();',
    'export const a = Math.max(1, 2);',
    'export const a = (process: { env: string }) => process.env;',
    'export const a = (deps: { fetch: () => void; setTimeout: number }) => [deps.fetch, deps.setTimeout];',
    'export interface A { readonly process: string; fetch: typeof fetch; document: Document }',
    'export function a(document: string): string { return document; }',
    'export const a = ({ process: step }: { process: string }) => step;',
    'export const a = { process: 1, setTimeout: 2 };',
    '// Date.now() is not read here',
  ])('is not misled by a name: %s', (source) => {
    expect(listRules('shared/domain/a.ts', source)).toEqual([]);
  });

  it('lets the worker have its threads', () => {
    expect(listRules('electron/risk/worker.ts', imports('node:worker_threads'))).toEqual([]);
  });
});

describe('electron', () => {
  it.each([
    'electron/app.ts',
    'electron/app.test.ts',
    'electron/hosts/chromium.ts',
    'renderer/a.ts',
    'e2e/a.spec.ts',
  ])('is out of reach of %s', (path) => {
    expect(listRules(path, imports('electron'))).toEqual([expect.stringContaining("may import 'electron'")]);
    expect(listRules(path, "import type { App } from 'electron/main';\nexport type A = App;")).toHaveLength(
      1,
    );
  });

  it.each(['main.ts', 'preload.ts', 'hosts/electron.ts', 'hosts/electron-menu.ts', 'hosts/electron/menu.ts'])(
    'is for electron/%s',
    (file) => {
      expect(listRules(`electron/${file}`, imports('electron'))).toEqual([]);
    },
  );
});

describe('network', () => {
  const sources = [
    imports('node:https'),
    imports('node:dns/promises'),
    imports('net'),
    imports('ws'),
    "import { http } from 'viem';\nexport const a = http();",
    "import { createPublicClient as make } from 'viem';\nexport const a = make;",
    "import * as viem from 'viem';\nexport const a = viem;",
    "export const a = async () => import('node:http');",
    "export const a = fetch('https://example.org');",
    "export const a = globalThis.fetch('https://example.org');",
    'export const a = fetch.bind(null);',
    'export const a = { fetch };',
    "export const a = new WebSocket('ws://x');",
    'export class A extends WebSocket {}',
    "navigator.sendBeacon('x');",
  ];

  it.each(sources)('is refused outside of the network folders: %s', (source) => {
    expect(listRules('electron/app.ts', source)).toEqual([expect.stringContaining('the network')]);
    expect(listRules('electron/market/a.ts', source)).toEqual([]);
    expect(listRules('electron/chain/ethereum/a.ts', source)).toEqual([]);
    expect(listRules('electron/app.test.ts', source)).toEqual([]);
  });

  it('leaves what of viem is only arithmetic, and types, to everyone', () => {
    expect(
      listRules('shared/a.ts', "import { isAddress } from 'viem';\nexport const a = isAddress;"),
    ).toEqual([]);
    expect(
      listRules('electron/app.ts', "import { type http } from 'viem';\nexport type A = typeof http;"),
    ).toEqual([]);
    expect(
      listRules('electron/app.ts', "import type { WebSocket } from 'ws';\nexport type A = WebSocket;"),
    ).toEqual([]);
  });

  it('gives the Chromium host a loopback server, and nothing more', () => {
    for (const path of [
      'electron/hosts/chromium.ts',
      'electron/hosts/chromium-server.ts',
      'electron/hosts/chromium/a.ts',
    ]) {
      expect(listRules(path, imports('node:http'))).toEqual([]);
      expect(listRules(path, imports('ws'))).toEqual([]);
      expect(listRules(path, imports('node:https'))).toHaveLength(1);
      expect(listRules(path, "export const a = fetch('x');")).toHaveLength(1);
    }
  });

  it('gives the page one WebSocket', () => {
    const source = "export const a = new WebSocket('ws://x');";
    expect(listRules('renderer/transport.ts', source)).toEqual([]);
    expect(listRules('renderer/other.ts', source)).toHaveLength(1);
    expect(listRules('renderer/transport.ts', "export const a = fetch('x');")).toHaveLength(1);
  });
});

describe('disk', () => {
  it.each(['electron/market/a.ts', 'electron/chain/a.ts', 'electron/other.ts'])(
    'is refused to %s',
    (path) => {
      for (const specifier of ['node:fs', 'node:fs/promises', 'fs', 'node:sqlite']) {
        expect(listRules(path, imports(specifier))).toEqual([expect.stringContaining('only the store')]);
      }
    },
  );

  it.each([
    'store/a.ts',
    'report/a.ts',
    'hosts/a.ts',
    'main.ts',
    'app.ts',
    'cli.ts',
    'cli-report.ts',
    'cli/portfolio.ts',
    'platform-paths.ts',
    'samples.ts',
    'chain/networks.ts',
    'chain/bitcoin/load-babylon-data.ts',
    'market/a.test.ts',
  ])('is given to electron/%s', (file) => {
    expect(listRules(`electron/${file}`, imports('node:fs'))).toEqual([]);
  });
});

it('says where', () => {
  expect(findViolations('shared/a.ts', '\n\nexport const a = Date.now();')).toEqual([
    { path: 'shared/a.ts', line: 3, rule: 'pure code may not use Date.now: take the time as an input' },
  ]);
});
