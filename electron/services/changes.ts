/** Tells the page which of its cached answers are no longer true. One function per kind of change. */
import type { AppEvent, MethodName } from '../../shared/contract/methods.ts';

/** Everything made of prices and of the refreshed catalogue. */
const MARKET = [
  'catalog.get',
  'catalog.refreshStatus',
  'catalog.history',
  'market.view',
  'market.history',
  'market.peg',
  'history.view',
] as const satisfies readonly MethodName[];

/** Everything computed from a portfolio's accounts, reading and price. */
const FIGURES = [
  'portfolios.view',
  'portfolios.exposure',
  'scenarios.suggest',
  'scenarios.presets',
  'studies.latest',
  'exits.plan',
  'reports.model',
  'history.view',
  // A reading tells how the servers it asked served.
  'settings.health',
] as const satisfies readonly MethodName[];

export interface Changes {
  /** Made, renamed or removed, with all that hangs on it. */
  tellPortfolio(portfolioId: string): void;
  /** Its accounts or its reading; null where something all portfolios use changed. */
  tellFigures(portfolioId: string | null): void;
  tellRuns(portfolioId: string): void;
  tellStudies(portfolioId: string): void;
  tellMoves(portfolioId: string): void;
  tellHistory(portfolioId: string): void;
  /** Prices, or what a refresh of the catalogue brought. */
  tellMarket(): void;
  tellComparison(): void;
  tellSettings(): void;
  tellNetworks(): void;
  tellEdits(): void;
  tellListening(portfolioId: string): void;
  /** Calls back after each change was told. */
  watch(listener: () => void): void;
}

export function createChanges(emit: (event: AppEvent) => void): Changes {
  const watchers: (() => void)[] = [];
  function tell(methods: readonly MethodName[], portfolioId: string | null): void {
    emit({ kind: 'changed', methods: [...methods], portfolioId });
    for (const watcher of watchers) watcher();
  }
  return {
    tellPortfolio(portfolioId) {
      tell([...FIGURES, 'runs.list', 'runs.get', 'studies.moved'], portfolioId);
      // A removed portfolio may have been the one the settings name.
      tell(['portfolios.list', 'settings.get'], null);
    },
    tellFigures: (portfolioId) => tell(FIGURES, portfolioId),
    tellRuns: (portfolioId) => tell(['runs.list'], portfolioId),
    // A report holds the latest study; what was asked of the one before is over.
    tellStudies: (portfolioId) => tell(['studies.latest', 'studies.moved', 'reports.model'], portfolioId),
    tellMoves: (portfolioId) => tell(['studies.moved'], portfolioId),
    tellHistory: (portfolioId) => tell(['history.view'], portfolioId),
    // Bitcoin, and readings without a feed of their own, are valued with what other sources say.
    tellMarket: () => tell([...new Set<MethodName>([...MARKET, ...FIGURES])], null),
    tellComparison: () => tell(['compare.latest'], null),
    tellSettings: () => tell(['settings.get', 'settings.health', 'babylon.get'], null),
    tellNetworks: () => tell(['networks.list'], null),
    tellEdits: () => tell(['edits.state'], null),
    tellListening: (portfolioId) => tell(['portfolios.view'], portfolioId),
    watch: (listener) => void watchers.push(listener),
  };
}
