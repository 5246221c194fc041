/**
 * Gives the page its bridge, and nothing else. Runs sandboxed, between the page and the main process: so it contains no
 * library, no generic way to send anything, and every method by name, for somebody who checks what the page can reach.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, BridgeMethods } from '../shared/contract/bridge.ts';
import type { MethodName } from '../shared/contract/methods.ts';

const invoke = (method: MethodName) => (input: string) =>
  // Main answers every channel with text; ipcRenderer's types cannot know.
  ipcRenderer.invoke(`ballast:${method}`, input) as Promise<string>;

// A method that is missing here, or that the contract does not have, does not compile.
const methods: BridgeMethods = {
  'app.info': invoke('app.info'),
  'portfolios.list': invoke('portfolios.list'),
  'portfolios.create': invoke('portfolios.create'),
  'portfolios.rename': invoke('portfolios.rename'),
  'portfolios.remove': invoke('portfolios.remove'),
  'portfolios.view': invoke('portfolios.view'),
  'portfolios.exposure': invoke('portfolios.exposure'),
  'portfolios.refresh': invoke('portfolios.refresh'),
  'accounts.add': invoke('accounts.add'),
  'accounts.rename': invoke('accounts.rename'),
  'accounts.remove': invoke('accounts.remove'),
  'settings.get': invoke('settings.get'),
  'settings.update': invoke('settings.update'),
  'settings.health': invoke('settings.health'),
  'settings.testNode': invoke('settings.testNode'),
  'settings.testServer': invoke('settings.testServer'),
  'babylon.get': invoke('babylon.get'),
  'babylon.import': invoke('babylon.import'),
  'babylon.read': invoke('babylon.read'),
  'babylon.reset': invoke('babylon.reset'),
  'networks.list': invoke('networks.list'),
  'networks.import': invoke('networks.import'),
  'networks.remove': invoke('networks.remove'),
  'scenarios.suggest': invoke('scenarios.suggest'),
  'scenarios.presets': invoke('scenarios.presets'),
  'scenarios.run': invoke('scenarios.run'),
  'runs.list': invoke('runs.list'),
  'runs.get': invoke('runs.get'),
  'studies.start': invoke('studies.start'),
  'studies.latest': invoke('studies.latest'),
  'studies.move': invoke('studies.move'),
  'studies.moved': invoke('studies.moved'),
  'hazards.get': invoke('hazards.get'),
  'catalog.get': invoke('catalog.get'),
  'catalog.refresh': invoke('catalog.refresh'),
  'catalog.refreshStatus': invoke('catalog.refreshStatus'),
  'catalog.history': invoke('catalog.history'),
  'market.view': invoke('market.view'),
  'market.history': invoke('market.history'),
  'market.peg': invoke('market.peg'),
  'market.import': invoke('market.import'),
  'market.removeImported': invoke('market.removeImported'),
  'market.export': invoke('market.export'),
  'market.setManual': invoke('market.setManual'),
  'history.view': invoke('history.view'),
  'history.import': invoke('history.import'),
  'history.removeImport': invoke('history.removeImport'),
  'history.export': invoke('history.export'),
  'compare.start': invoke('compare.start'),
  'compare.latest': invoke('compare.latest'),
  'compare.export': invoke('compare.export'),
  'exits.defaults': invoke('exits.defaults'),
  'exits.plan': invoke('exits.plan'),
  'reports.model': invoke('reports.model'),
  'reports.export': invoke('reports.export'),
  'reports.printed': invoke('reports.printed'),
  'jobs.list': invoke('jobs.list'),
  'jobs.cancel': invoke('jobs.cancel'),
  'edits.state': invoke('edits.state'),
  'edits.undo': invoke('edits.undo'),
  'edits.redo': invoke('edits.redo'),
};

const bridge: Bridge = {
  methods,
  subscribe(listener) {
    // The event object would hand ipcRenderer's sender to the page.
    const handle = (_event: unknown, text: string): void => listener(text);
    ipcRenderer.on('ballast:event', handle);
    return () => void ipcRenderer.off('ballast:event', handle);
  },
};

contextBridge.exposeInMainWorld('ballast', bridge);
