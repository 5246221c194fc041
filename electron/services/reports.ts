/** Reports: the model, and its export as a file. */
import { nameWatched } from '../../shared/domain/names.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { listEigenlayerFacts } from '../../shared/domain/eigenlayer-facts.ts';
import type { Report, ReportFormat, ReportLikelihood } from '../../shared/domain/report.ts';
import { listEvidence } from '../../shared/domain/study-evidence.ts';
import type { Host, OfferedFile } from '../host.ts';
import type { JobContext, JobRunner } from '../jobs.ts';
import type { ReportInput } from '../report/build-report.ts';
import type { Portfolios } from './portfolios.ts';
import { listUnread, type Readings, listNotices } from './readings.ts';
import type { Stress } from './stress.ts';
import type { Studies } from './studies.ts';

/** How a model is made and written. */
export interface ReportWriters {
  build(input: ReportInput): Report;
  csv(report: Report): Uint8Array;
  json(report: Report): Uint8Array;
  /** From what the browser printed to what is handed out. */
  finishPdf(printed: Uint8Array, report: Report): Promise<Uint8Array>;
  offer(report: Report, format: ReportFormat, bytes: Uint8Array): OfferedFile;
}

export interface Reports {
  /** `runId` null leaves the scenario out. @throws AppError not-found, nothing-observed */
  model(portfolioId: string, runId: string | null): Report;
  /** The figures are those of this moment. @throws AppError not-found, nothing-observed, no-browser */
  export(portfolioId: string, runId: string | null, format: ReportFormat): Job;
  /** For the page being printed. @throws AppError not-found once it was printed, or after ten minutes */
  printed(ticket: string): Report;
}

export const TICKET_LIFE_MS = 600_000;

interface Parts {
  readonly portfolios: Portfolios;
  readonly readings: Readings;
  readonly stress: Stress;
  readonly studies: Studies;
  readonly writers: ReportWriters;
  readonly host: () => Host;
  readonly jobs: JobRunner;
  readonly now: () => number;
  /** 128 unguessable bits. */
  readonly randomTicket: () => string;
  readonly version: string;
}

interface Waiting {
  readonly report: Report;
  readonly until: number;
}

export function createReports(parts: Parts): Reports {
  const { portfolios, readings, stress, studies, writers, host, jobs, now, randomTicket, version } = parts;
  const waiting = new Map<string, Waiting>();

  /** One of other holdings would not belong beside these. */
  function findLikelihood(portfolioId: string): ReportLikelihood | null {
    const kept = studies.latest(portfolioId);
    if (kept?.isCurrent !== true) return null;
    const { study, madeAt } = kept;
    return { madeAt, study, evidence: listEvidence(study, studies.hazards) };
  }

  function model(portfolioId: string, runId: string | null): Report {
    const portfolio = portfolios.get(portfolioId);
    const { accounts, observation, valuation, valued, exposure, failure } = readings.get(portfolioId);
    const run = runId === null ? null : stress.get(runId);
    if (run && run.portfolioId !== portfolioId) {
      throw new AppError('not-found', 'This run belongs to another portfolio.');
    }
    const likelihood = findLikelihood(portfolioId);
    return writers.build({
      generatedAt: now(),
      programVersion: version,
      portfolio,
      // Whoever is handed the report must not be handed the key to all of the account's transactions.
      accounts: accounts.map((account) =>
        account.kind === 'bitcoin' ? { ...account, text: nameWatched(account) } : account,
      ),
      origin: observation.origin,
      readAt: observation.readAt,
      isStale: failure !== null,
      unreadAccountIds: listUnread(observation, accounts),
      totals: valuation.totals,
      positions: [...valued()],
      eigenlayer: listEigenlayerFacts(observation, accounts),
      exposure: exposure(),
      run,
      ...(likelihood !== null && { likelihood }),
      notices: listNotices({ observation, accounts }),
    });
  }

  async function print(report: Report, signal: AbortSignal): Promise<Uint8Array> {
    const ticket = randomTicket();
    for (const [old, { until }] of waiting) if (until <= now()) waiting.delete(old);
    waiting.set(ticket, { report, until: now() + TICKET_LIFE_MS });
    try {
      return await host().printReport(ticket, signal);
    } finally {
      waiting.delete(ticket);
    }
  }

  async function write(
    report: Report,
    format: ReportFormat,
    { signal, report: tell }: JobContext,
  ): Promise<Uint8Array> {
    switch (format) {
      case 'csv':
        return writers.csv(report);
      case 'json':
        return writers.json(report);
      case 'pdf': {
        const printed = await print(report, signal);
        tell(0.8, 'jobs.step.finishing');
        return writers.finishPdf(printed, report);
      }
    }
  }

  return {
    model,
    export(portfolioId, runId, format) {
      if (format === 'pdf' && !host().canPrint) {
        throw new AppError('no-browser', 'There is no browser here that could make a PDF.', {
          help: 'Install Chromium, Chrome or Edge, or export CSV or JSON.',
        });
      }
      const report = model(portfolioId, runId);
      return jobs.start({
        kind: 'report',
        portfolioId,
        step: format === 'pdf' ? 'jobs.step.printing' : 'jobs.step.writing',
        work: async (context) => {
          const bytes = await write(report, format, context);
          context.signal.throwIfAborted();
          context.report(0.9, 'jobs.step.saving');
          const saved = await host().saveFile(writers.offer(report, format, bytes));
          if (saved === 'declined') throw new AppError('cancelled', 'No file was chosen.');
          return saved.path;
        },
      });
    },
    printed(ticket) {
      const found = waiting.get(ticket);
      if (found && now() < found.until) return found.report;
      waiting.delete(ticket);
      throw new AppError('not-found', 'This report was printed already, or waited too long.', {
        help: 'Export it again.',
      });
    },
  };
}
