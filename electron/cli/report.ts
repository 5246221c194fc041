/** `ballast report`: the report as PDF, CSV and JSON files, without a window. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Client } from '../../shared/contract/bridge.ts';
import { AppError, toAppError } from '../../shared/contract/errors.ts';
import type { ReportFormat } from '../../shared/domain/report.ts';
import type { OfferedFile } from '../host.ts';
import { asksForScenario, type ScenarioOptions } from './choose-scenario.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import { checkLikelihoodOptions, readStudyRequest, type LikelihoodOptions } from './likelihood-options.ts';
import { runStudyJob } from './likelihood.ts';
import { waitForJob } from './local-client.ts';
import { selectPortfolio, type SourceOptions } from './select-portfolio.ts';
import { runScenarioJob } from './simulate.ts';
import type { Terminal } from './terminal.ts';

export interface ReportOptions extends SourceOptions, ScenarioOptions, LikelihoodOptions {
  readonly pdf?: string | undefined;
  readonly csv?: string | undefined;
  readonly json?: string | undefined;
}

/** Where the next exported file goes: the command line's answer to a save dialog. */
export interface FileTarget {
  path: string | null;
}

/** What the command-line host does with an offered file: writes it where the command said. */
export async function writeToTarget(target: FileTarget, file: OfferedFile): Promise<{ path: string }> {
  const path = resolve(target.path ?? file.name);
  try {
    await writeFile(path, file.bytes);
  } catch (cause) {
    throw new AppError('write-failed', `The file ${path} could not be written.`, {
      detail: cause instanceof Error ? cause.message : String(cause),
      help: 'Check that the folder exists and can be written to.',
      cause,
    });
  }
  return { path };
}

async function exportAs(
  client: Client,
  portfolioId: string,
  runId: string | null,
  format: ReportFormat,
  path: string,
  target: FileTarget,
  terminal: Terminal,
): Promise<void> {
  target.path = path;
  await waitForJob(
    client,
    () => client.call('reports.export', { portfolioId, runId, format }),
    terminal.signal,
    ({ step, progress }) => {
      terminal.showProgress(step, progress);
    },
  );
  terminal.warn(terminal.t('cli.wrote', { path: resolve(path) }));
}

/** `out.pdf` -> `out.json`, for what is written where no PDF can be had. */
function replaceExtension(path: string, extension: string): string {
  return `${path.replace(/\.pdf$/iu, '')}.${extension}`;
}

/**
 * Writes every file that was asked for. Where no PDF can be made it says so, writes JSON and CSV beside the place the
 * PDF was meant for, and exits with `cannotPrint`, so that a script notices.
 */
export async function runReport(
  client: Client,
  options: ReportOptions,
  target: FileTarget,
  terminal: Terminal,
): Promise<ExitCode> {
  if ((options.pdf ?? options.csv ?? options.json) === undefined) {
    throw new UsageError('Say what to write: --pdf FILE, --csv FILE or --json FILE (several at once work).');
  }
  checkLikelihoodOptions(options);
  const request = options.likelihood === true ? readStudyRequest(options) : null;
  const portfolioId = await selectPortfolio(client, options, terminal);
  if (request !== null) await runStudyJob(client, portfolioId, request, terminal);
  const run = asksForScenario(options) ? await runScenarioJob(client, portfolioId, options, terminal) : null;
  const write = (format: ReportFormat, path: string): Promise<void> =>
    exportAs(client, portfolioId, run?.id ?? null, format, path, target, terminal);

  let { csv, json } = options;
  let exitCode: ExitCode = EXIT.ok;
  if (options.pdf !== undefined) {
    try {
      await write('pdf', options.pdf);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== 'no-browser' && error.code !== 'print-failed') throw error;
      terminal.warn(
        terminal.t('cli.noBrowser', { message: [error.message, error.help].filter(Boolean).join(' ') }),
      );
      terminal.warn(terminal.t('cli.insteadOfPdf'));
      csv ??= replaceExtension(options.pdf, 'csv');
      json ??= replaceExtension(options.pdf, 'json');
      exitCode = EXIT.cannotPrint;
    }
  }
  if (csv !== undefined) await write('csv', csv);
  if (json !== undefined) await write('json', json);
  return exitCode;
}
