/** The services together: what the page's methods and the command line are made of. */
import type { JobRunner } from '../jobs.ts';
import type { Accounts } from './accounts.ts';
import type { Bitcoin } from './bitcoin.ts';
import type { CatalogService } from './catalog.ts';
import type { Comparison } from './comparison.ts';
import type { CatalogRefresh } from './catalog-refresh.ts';
import type { Exits } from './exits.ts';
import type { History } from './history.ts';
import type { Market } from './market.ts';
import type { Networks } from './networks.ts';
import type { Nodes } from './nodes.ts';
import type { Observe } from './observe.ts';
import type { Portfolios } from './portfolios.ts';
import type { Readings } from './readings.ts';
import type { Reports } from './reports.ts';
import type { SettingsService } from './settings.ts';
import type { Stress } from './stress.ts';
import type { Studies } from './studies.ts';
import type { TableFiles } from './table-file.ts';
import type { UndoStack } from './undo.ts';

export interface Services {
  readonly portfolios: Portfolios;
  readonly accounts: Accounts;
  readonly bitcoin: Bitcoin;
  readonly settings: SettingsService;
  readonly networks: Networks;
  readonly nodes: Nodes;
  readonly observe: Observe;
  readonly readings: Readings;
  readonly stress: Stress;
  readonly studies: Studies;
  readonly exits: Exits;
  readonly history: History;
  readonly reports: Reports;
  readonly catalog: CatalogService;
  readonly comparison: Comparison;
  readonly refresh: CatalogRefresh;
  readonly market: Market;
  readonly tables: TableFiles;
  readonly jobs: JobRunner;
  readonly undo: UndoStack;
}
