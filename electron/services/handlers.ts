/** The contract's methods, one line each, onto the services. */
import type { AppInfo } from '../../shared/contract/methods.ts';
import type { Handlers } from '../dispatch.ts';
import type { Services } from './services.ts';

export function createHandlers(services: Services, getInfo: () => AppInfo): Handlers {
  const { portfolios, accounts, settings, networks, observe, readings } = services;
  const { history, stress, studies, exits, reports, jobs, undo, catalog } = services;
  const { refresh, market, nodes, bitcoin } = services;
  return {
    'app.info': getInfo,

    'portfolios.list': () => [...portfolios.list()],
    'portfolios.create': ({ name, networkId }) => portfolios.create(name, networkId),
    'portfolios.rename': ({ portfolioId, name }) => portfolios.rename(portfolioId, name),
    'portfolios.remove': ({ portfolioId }) => {
      portfolios.remove(portfolioId);
      return {};
    },
    'portfolios.view': ({ portfolioId }) => readings.view(portfolioId),
    'portfolios.exposure': ({ portfolioId }) => readings.get(portfolioId).exposure(),
    'portfolios.refresh': ({ portfolioId }) => observe.refresh(portfolioId),

    'accounts.add': ({ portfolioId, address, label, ...search }) =>
      accounts.add(portfolioId, address, label, search),
    'accounts.rename': ({ accountId, label }) => accounts.rename(accountId, label),
    'accounts.remove': ({ accountId }) => {
      accounts.remove(accountId);
      return {};
    },

    'settings.get': () => settings.get(),
    'settings.update': (update) => settings.update(update),
    'settings.health': ({ list, networkId }) =>
      list === 'rpcUrls' ? nodes.describeHealth(networkId) : bitcoin.describeHealth(networkId),
    'settings.testNode': ({ networkId, url }) => settings.testNode(networkId, url),

    'settings.testServer': ({ networkId, url }) => settings.testServer(networkId, url),

    'babylon.get': ({ networkId }) => bitcoin.describeBabylon(networkId),
    'babylon.import': ({ networkId, text }) => bitcoin.importBabylon(networkId, text),
    'babylon.read': ({ networkId }) => bitcoin.readBabylon(networkId),
    'babylon.reset': ({ networkId }) => bitcoin.resetBabylon(networkId),

    'networks.list': () => [...networks.list()],
    'networks.import': ({ text }) => networks.importFile(text),
    'networks.remove': ({ networkId }) => {
      networks.remove(networkId);
      return {};
    },

    'scenarios.suggest': ({ portfolioId, preset }) => ({ scenario: stress.suggest(portfolioId, preset) }),
    'scenarios.presets': ({ portfolioId }) => stress.listPresets(portfolioId),
    'scenarios.run': ({ portfolioId, scenario }) => stress.start(portfolioId, scenario),
    'runs.list': ({ portfolioId }) => [...stress.list(portfolioId)],
    'runs.get': ({ runId }) => stress.get(runId),

    'studies.start': ({ portfolioId, request }) => studies.start(portfolioId, request),
    'studies.latest': ({ portfolioId }) => ({ kept: studies.latest(portfolioId) }),
    'studies.move': ({ portfolioId, move }) => studies.move(portfolioId, move),
    'studies.moved': ({ portfolioId }) => ({ result: studies.moved(portfolioId) }),
    'hazards.get': () => studies.hazards,

    'catalog.get': () => catalog.get(),
    'catalog.refresh': () => refresh.start(),
    'catalog.refreshStatus': () => refresh.status(),
    'catalog.history': ({ protocol, product, metric }) => ({
      observations: [...refresh.history(protocol, product, metric)],
    }),

    'market.view': (question) => market.view(question),
    'market.history': (question) => market.history(question),
    'market.peg': (question) => market.peg(question),
    'market.import': (file) => market.importFile(file),
    'market.removeImported': ({ asset }) => {
      market.removeImported(asset);
      return {};
    },
    'market.export': ({ asset }) => market.export(asset),
    'market.setManual': ({ asset, price }) => settings.setPrice(asset, price),

    'compare.start': (request) => services.comparison.start(request),
    'compare.latest': () => ({ kept: services.comparison.latest() }),
    'compare.export': ({ columns, rows }) => services.tables.save(columns, rows),

    'history.view': ({ portfolioId, ...question }) => history.view(portfolioId, question),
    'history.import': ({ portfolioId, name, text }) => history.importFile(portfolioId, name, text),
    'history.removeImport': ({ portfolioId, importId }) => {
      history.removeImport(portfolioId, importId);
      return {};
    },
    'history.export': ({ portfolioId }) => history.export(portfolioId),

    'exits.defaults': () => exits.defaults,
    'exits.plan': ({ portfolioId, assumptions, stress: test }) => exits.plan(portfolioId, assumptions, test),

    'reports.model': ({ portfolioId, runId }) => reports.model(portfolioId, runId),
    'reports.export': ({ portfolioId, runId, format }) => reports.export(portfolioId, runId, format),
    'reports.printed': ({ ticket }) => reports.printed(ticket),

    'jobs.list': () => [...jobs.list()],
    'jobs.cancel': ({ jobId }) => jobs.cancel(jobId),

    'edits.state': () => undo.state(),
    'edits.undo': () => undo.undo(),
    'edits.redo': () => undo.redo(),
  };
}
