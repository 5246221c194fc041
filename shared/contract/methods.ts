/**
 * Every method the page may call, once. There is no generic invoke: a host registers exactly these names, and
 * input and output are parsed on the main side. Adding an ability to the page means adding a line here.
 */
import { z } from 'zod';
import { accountSchema, LABEL_MAX_LENGTH, portfolioSchema } from '../domain/account.ts';
import { bitcoinNetworkSchema, gapLimitSchema } from '../domain/bitcoin.ts';
import { METRICS } from '../domain/catalog.ts';
import { eigenlayerFactsSchema } from '../domain/eigenlayer-facts.ts';
import { exitAssumptionsSchema, exitOverviewSchema, exitStressSchema } from '../domain/exit.ts';
import { exposureSchema } from '../domain/exposure.ts';
import { hazardsSchema } from '../domain/hazards.ts';
import {
  HISTORY_BASES,
  HISTORY_CURRENCIES,
  HISTORY_GROUPINGS,
  historyImportResultSchema,
  historyViewSchema,
} from '../domain/history/history-view.ts';
import { incidentSchema } from '../domain/incident.ts';
import { keptStudySchema } from '../domain/kept-study.ts';
import { moveResultSchema, moveSchema, studyRequestSchema } from '../domain/loss-study.ts';
import { CERTAINTIES } from '../domain/network.ts';
import { noticeSchema, originSchema } from '../domain/observation.ts';
import { totalsSchema } from '../domain/position.ts';
import { valuedPositionSchema } from '../domain/position-values.ts';
import { assetSchema, QUOTES } from '../domain/market.ts';
import { comparisonRequestSchema, keptComparisonSchema } from '../domain/product-comparison.ts';
import { REPORT_FORMATS, reportSchema } from '../domain/report.ts';
import { runSchema, scenarioSchema } from '../domain/scenario.ts';
import { SUGGESTED_PRESETS } from '../domain/scenario-kinds.ts';
import { babylonReadingSchema, babylonSummarySchema } from './babylon.ts';
import { catalogViewSchema } from './catalog-view.ts';
import { appErrorSchema } from './errors.ts';
import { jobSchema } from './jobs.ts';
import {
  catalogHistorySchema,
  marketHistorySchema,
  marketViewSchema,
  pegHistorySchema,
  priceImportSchema,
  refreshStatusSchema,
} from './market-view.ts';
import { serverHealthListSchema, serverHealthQuestionSchema } from './server-health.ts';
import { MAX_NODES, settingSchemas, settingsSchema } from './settings.ts';

const none = z.object({}).strict();
const id = z.string().min(1).max(80);
/** Long enough for anything a person pastes by mistake, short enough not to be a burden. */
const typed = z.string().max(4096);
const portfolioRef = z.object({ portfolioId: id }).strict();
const typedPriceSchema = z.object({ quote: z.enum(QUOTES), value: z.bigint().positive() }).strict();
/** Unix milliseconds, both included; null is open. */
const timeRange = { from: z.number().nullable(), to: z.number().nullable() };

export const networkSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  chainId: z.number(),
  isBundled: z.boolean(),
  /** Where its Bitcoin accounts are watched; null: nowhere. */
  bitcoin: bitcoinNetworkSchema.nullable(),
  contracts: z.array(z.object({ name: z.string(), address: z.string(), certainty: z.enum(CERTAINTIES) })),
});
export type NetworkSummary = z.infer<typeof networkSummarySchema>;

/** How current the figures of a portfolio are. */
const freshnessSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never'), error: appErrorSchema.nullable() }),
  z.object({
    kind: z.literal('read'),
    origin: originSchema,
    readAt: z.number(),
    /** Set where a later refresh failed: the figures are older than they should be. */
    error: appErrorSchema.nullable(),
    failedAt: z.number().nullable(),
  }),
]);
export type Freshness = z.infer<typeof freshnessSchema>;

/** The connection to a Bitcoin server that stays open between readings, and tells when something changed. */
const listeningSchema = z.object({
  state: z.enum(['connecting', 'listening', 'lost']),
  /** Host and port. */
  endpoint: z.string(),
  /** Unix milliseconds at which this state began. */
  since: z.number(),
  /** Why it was lost; it is tried again. */
  error: appErrorSchema.nullable(),
});
export type Listening = z.infer<typeof listeningSchema>;

const portfolioViewSchema = z.object({
  portfolio: portfolioSchema,
  accounts: z.array(accountSchema),
  positions: z.array(valuedPositionSchema),
  totals: totalsSchema,
  freshness: freshnessSchema,
  /** Null where no server is listened to. */
  listening: listeningSchema.nullable(),
  eigenlayer: z.array(eigenlayerFactsSchema),
  notices: z.array(noticeSchema),
  /** Accounts added since the last reading: nothing is known of them yet. */
  unreadAccountIds: z.array(z.string()),
});
export type PortfolioView = z.infer<typeof portfolioViewSchema>;

const appInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'chromium', 'none']),
  dataDir: z.string(),
  platform: z.enum(['mac', 'windows', 'linux']),
  canPrint: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** What undo would take back and redo bring again: message key and parameters of the edit's name. */
const editNameSchema = z.object({ key: z.string(), params: z.record(z.string(), z.string()) });
const undoStateSchema = z.object({ undo: editNameSchema.nullable(), redo: editNameSchema.nullable() });
export type UndoState = z.infer<typeof undoStateSchema>;

/** What scenarios of a portfolio can start from; a scenario is null where it has nothing of the kind. */
const scenarioPresetsSchema = z.object({
  suggestions: z.array(z.object({ preset: z.enum(SUGGESTED_PRESETS), scenario: scenarioSchema.nullable() })),
  replays: z.array(z.object({ id: z.string(), incident: incidentSchema, scenario: scenarioSchema })),
});
export type ScenarioPresets = z.infer<typeof scenarioPresetsSchema>;

/** What an exit plan starts from. */
const exitDefaultsSchema = z.object({
  assumptions: exitAssumptionsSchema,
  stress: exitStressSchema,
  /** Protocols whose withdrawals a pause can name, besides `all`. */
  pausable: z.array(z.string()),
});
export type ExitDefaults = z.infer<typeof exitDefaultsSchema>;

function method<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output };
}

const settingUpdateSchema = z
  .object({
    ...settingSchemas,
    lastPortfolio: id.nullable(),
    rpcUrls: z.record(id, z.array(typed).max(MAX_NODES)),
    bitcoinServers: z.record(id, z.array(typed).max(MAX_NODES)),
    bitcoinProxy: typed.nullable(),
    babylonNodes: z.record(id, typed),
  })
  .partial()
  .strict();

const withSample = z.boolean();

export const methods = {
  'app.info': method(none, appInfoSchema),

  'portfolios.list': method(none, z.array(portfolioSchema)),
  'portfolios.create': method(z.object({ name: typed, networkId: id }).strict(), portfolioSchema),
  'portfolios.rename': method(z.object({ portfolioId: id, name: typed }).strict(), portfolioSchema),
  'portfolios.remove': method(portfolioRef, none),
  /** Positions, totals and freshness, from what is stored: never asks a node. */
  'portfolios.view': method(portfolioRef, portfolioViewSchema),
  'portfolios.exposure': method(portfolioRef, exposureSchema),
  /** Starts reading all accounts from the portfolio's node. */
  'portfolios.refresh': method(portfolioRef, jobSchema),

  /**
   * `address` is an Ethereum address or an ENS name, which is resolved on the portfolio's node; or a Bitcoin address, an
   * extended public key or a descriptor, which is asked of nobody.
   */
  'accounts.add': method(
    z
      .object({
        portfolioId: id,
        address: typed,
        label: typed,
        gapLimit: gapLimitSchema.optional(),
      })
      .strict(),
    accountSchema,
  ),
  'accounts.rename': method(
    z.object({ accountId: id, label: z.string().max(LABEL_MAX_LENGTH) }).strict(),
    accountSchema,
  ),
  'accounts.remove': method(z.object({ accountId: id }).strict(), none),

  'settings.get': method(none, settingsSchema),
  'settings.update': method(settingUpdateSchema, settingsSchema),
  /** Asks nobody: what readings met. */
  'settings.health': method(serverHealthQuestionSchema, serverHealthListSchema),
  /** Checks the URL, and asks the node behind it for its chain id. Only called when the user presses the button. */
  'settings.testNode': method(
    z.object({ networkId: id, url: typed }).strict(),
    z.object({ chainId: z.number(), blockNumber: z.bigint(), endpoint: z.string() }),
  ),

  /** Checks the URL, and asks the Bitcoin server behind it for its newest block. Only when the user presses the button. */
  'settings.testServer': method(
    z.object({ networkId: id, url: typed }).strict(),
    z.object({
      kind: z.enum(['electrum', 'esplora']),
      network: bitcoinNetworkSchema,
      height: z.number(),
      endpoint: z.string(),
    }),
  ),

  /** Which parameters of Babylon stakes are recognised by, where the network's Bitcoin accounts are watched. */
  'babylon.get': method(z.object({ networkId: id }).strict(), babylonSummarySchema),
  /** Takes a file of parameters and finality providers in the place of the bundled ones. */
  'babylon.import': method(
    z.object({ networkId: id, text: z.string().max(2_000_000) }).strict(),
    babylonSummarySchema,
  ),
  /** Back to what comes with the program. */
  /** Asks the network's Babylon node. */
  'babylon.read': method(z.object({ networkId: id }).strict(), babylonReadingSchema),
  'babylon.reset': method(z.object({ networkId: id }).strict(), babylonSummarySchema),

  'networks.list': method(none, z.array(networkSummarySchema)),
  'networks.import': method(z.object({ text: z.string().max(1_000_000) }).strict(), networkSummarySchema),
  'networks.remove': method(z.object({ networkId: id }).strict(), none),

  /** The scenario a list entry starts from for this portfolio: its largest operator, its most shared contract. */
  'scenarios.suggest': method(
    z.object({ portfolioId: id, preset: z.enum(SUGGESTED_PRESETS) }).strict(),
    z.object({ scenario: scenarioSchema.nullable() }),
  ),
  /** All list entries at once, and the recorded incidents that struck something this portfolio holds. */
  'scenarios.presets': method(portfolioRef, scenarioPresetsSchema),
  'scenarios.run': method(z.object({ portfolioId: id, scenario: scenarioSchema }).strict(), jobSchema),
  'runs.list': method(portfolioRef, z.array(runSchema)),
  'runs.get': method(z.object({ runId: id }).strict(), runSchema),

  /** Simulates what the newest reading could lose, under every set of hazard parameters. */
  'studies.start': method(z.object({ portfolioId: id, request: studyRequestSchema }).strict(), jobSchema),
  /** The last one made since the program started. */
  'studies.latest': method(portfolioRef, z.object({ kept: keptStudySchema.nullable() })),
  /** What the latest study says with some value elsewhere, on the same paths. The newest question wins. */
  'studies.move': method(z.object({ portfolioId: id, move: moveSchema }).strict(), jobSchema),
  'studies.moved': method(portfolioRef, z.object({ result: moveResultSchema.nullable() })),
  /** How often what happens, as far as the record says. */
  'hazards.get': method(none, hazardsSchema),

  /** What is known of every protocol, from what came with the program and what is stored: asks nobody. */
  'catalog.get': method(none, catalogViewSchema),
  /** Asks the hosts the user allowed for yields, TVL and prices. What fails leaves what stood there. */
  'catalog.refresh': method(none, jobSchema),
  'catalog.refreshStatus': method(none, refreshStatusSchema),
  /** Every observation of one thing, bundled and refreshed, oldest first. */
  'catalog.history': method(
    z.object({ protocol: id, product: id.nullable(), metric: z.enum(METRICS) }).strict(),
    catalogHistorySchema,
  ),

  /**
   * Latest prices and pegs, from what is stored: asks nobody. `withSample`: the sample's invented prices too, where
   * nobody else says anything; for whoever looks at the sample.
   */
  'market.view': method(z.object({ withSample }).strict(), marketViewSchema),
  'market.history': method(
    z.object({ asset: assetSchema, quote: z.enum(QUOTES), withSample, ...timeRange }).strict(),
    marketHistorySchema,
  ),
  'market.peg': method(z.object({ asset: assetSchema, withSample, ...timeRange }).strict(), pegHistorySchema),
  /** Takes all of a CSV file or nothing. With `isPreview` it only says what it would do. */
  'market.import': method(
    z
      .object({
        name: z.string().max(200),
        text: z.string().max(8_000_000),
        /** For files of date and price only; null where the file names them. */
        asset: assetSchema.nullable(),
        quote: z.enum(QUOTES).nullable(),
        isPreview: z.boolean(),
      })
      .strict(),
    priceImportSchema,
  ),
  /** Forgets what was imported of one asset. */
  'market.removeImported': method(z.object({ asset: assetSchema }).strict(), none),
  /** Everything stored as CSV, to a file the user picks; false where the dialog was closed. */
  'market.export': method(
    z.object({ asset: assetSchema.nullable() }).strict(),
    z.object({ isSaved: z.boolean() }),
  ),
  /** `price` null takes the user's price away. */
  'market.setManual': method(
    z.object({ asset: assetSchema, price: typedPriceSchema.nullable() }).strict(),
    settingsSchema,
  ),

  /** Value over time, and what moved it between the first and the last snapshot in range. Asks nobody. */
  'history.view': method(
    z
      .object({
        portfolioId: id,
        currency: z.enum(HISTORY_CURRENCIES),
        groupBy: z.enum(HISTORY_GROUPINGS),
        basis: z.enum(HISTORY_BASES),
        ...timeRange,
      })
      .strict(),
    historyViewSchema,
  ),
  /** Takes all snapshots of a CSV file or none. Those of a time that is already kept are left out, and counted. */
  'history.import': method(
    z.object({ portfolioId: id, name: z.string().max(200), text: z.string().max(8_000_000) }).strict(),
    historyImportResultSchema,
  ),
  /** Takes the snapshots of one import away. */
  'history.removeImport': method(z.object({ portfolioId: id, importId: id }).strict(), none),
  /** Every snapshot as CSV, to a file the user picks. */
  'history.export': method(portfolioRef, jobSchema),

  /** Simulates two to four products of the catalogue on the same paths. One that still runs is cancelled. */
  'compare.start': method(comparisonRequestSchema, jobSchema),
  /** The last one since the program started. */
  'compare.latest': method(none, z.object({ kept: keptComparisonSchema.nullable() })),
  /** Writes the comparison as it is shown to a file the user picks; `path` is null where a browser keeps it. */
  'compare.export': method(
    z
      .object({
        columns: z.array(z.string().max(80)).min(1).max(120),
        rows: z.array(z.array(z.string().max(4000)).max(120)).max(2000),
      })
      .strict(),
    z.object({ isSaved: z.boolean(), path: z.string().nullable() }),
  ),

  'exits.defaults': method(none, exitDefaultsSchema),
  /** How each position gets out, how long that takes, and what waiting and selling cost. Quick: no job. */
  'exits.plan': method(
    z.object({ portfolioId: id, assumptions: exitAssumptionsSchema, stress: exitStressSchema }).strict(),
    exitOverviewSchema,
  ),

  /** The model a report page shows. `runId` null leaves the scenario out. */
  'reports.model': method(z.object({ portfolioId: id, runId: id.nullable() }).strict(), reportSchema),
  /** Writes the report to a file the user picks (under Chromium: the browser's download). */
  'reports.export': method(
    z.object({ portfolioId: id, runId: id.nullable(), format: z.enum(REPORT_FORMATS) }).strict(),
    jobSchema,
  ),
  /** For the page being printed: the model behind a print ticket. */
  'reports.printed': method(z.object({ ticket: id }).strict(), reportSchema),

  'jobs.list': method(none, z.array(jobSchema)),
  'jobs.cancel': method(z.object({ jobId: id }).strict(), jobSchema),

  'edits.state': method(none, undoStateSchema),
  'edits.undo': method(none, undoStateSchema),
  'edits.redo': method(none, undoStateSchema),
} as const;

export type MethodName = keyof typeof methods;
export type MethodInput<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
/** The input as the main process sees it, after parsing. */
export type MethodParsed<M extends MethodName> = z.output<(typeof methods)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<(typeof methods)[M]['output']>;

export const METHOD_NAMES = Object.keys(methods) as readonly MethodName[];

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** What the main process tells the page without being asked. */
export const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('job'), job: jobSchema }),
  /** Something changed; the page drops every cached answer of these methods. */
  z.object({ kind: z.literal('changed'), methods: z.array(z.string()), portfolioId: z.string().nullable() }),
  /** Chromium host only: bytes the browser should offer as a download. */
  z.object({
    kind: z.literal('file'),
    name: z.string(),
    mime: z.string(),
    bytes: z.instanceof(Uint8Array),
  }),
  /** A menu or another window asks the page to run an action of its registry. */
  z.object({ kind: z.literal('action'), action: z.string() }),
]);
export type AppEvent = z.infer<typeof eventSchema>;

export const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ ok: z.literal(false), error: appErrorSchema }),
]);
