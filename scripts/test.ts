// `npm test`: everything. `npm test -- <filter>` runs the unit tests whose path contains the filter; `--e2e` adds the
// end-to-end tests to that. The last line is always `N passed, N failed, N skipped`.
import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build-lib.ts';
import { listFiles } from './fingerprint.ts';
import { projectRoot, runNode } from './processes.ts';
import {
  addTallies,
  countExitCode,
  formatTally,
  tallyPlaywright,
  tallyVitest,
  type PlaywrightReport,
  type Tally,
  type VitestReport,
} from './test-results.ts';
import { ensureBrowser, installTestNodes } from './test-setup.ts';

const nothing: Tally = { passed: 0, failed: 0, skipped: [] };
const oneFailure: Tally = { ...nothing, failed: 1 };

/** Runs a step of the preparation. What fails is told and counted; the tests that can still run do. */
async function prepare(step: () => Promise<unknown>): Promise<Tally> {
  try {
    await step();
    return nothing;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return oneFailure;
  }
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

interface UnitTests {
  readonly filters: readonly string[];
  readonly mayBeEmpty: boolean;
  /** The built command line; undefined where there is none of these sources. */
  readonly cli: string | undefined;
}

async function runUnitTests({ filters, mayBeEmpty, cli }: UnitTests, folder: string): Promise<Tally> {
  const file = join(folder, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...filters];
  if (mayBeEmpty) args.push('--passWithNoTests');
  const env = cli === undefined ? process.env : { ...process.env, BALLAST_CLI: cli };
  const { code } = await runNode('node_modules/vitest/vitest.mjs', args, { env, output: 'inherit' });
  // `as`: the reports are written by the pinned versions of the runners, whose shapes the tests above the tally state.
  const report = readReport(file) as VitestReport | null;
  return countExitCode(report === null ? nothing : tallyVitest(report), code);
}

async function runEndToEndTests(filters: readonly string[], folder: string): Promise<Tally> {
  const file = join(folder, 'playwright.json');
  const args = ['test', '--reporter=list,json', '--pass-with-no-tests', ...filters];
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const { code } = await runNode('node_modules/@playwright/test/cli.js', args, { env, output: 'inherit' });
  const report = readReport(file) as PlaywrightReport | null;
  return countExitCode(report === null ? nothing : tallyPlaywright(report), code);
}

async function runTests(args: readonly string[]): Promise<Tally> {
  const wantsEndToEnd = args.includes('--e2e');
  const filters = args.filter((arg) => arg !== '--e2e');
  const hasSpecs = listFiles(projectRoot, 'e2e').some((file) => file.endsWith('.spec.ts'));
  const runsEndToEnd = hasSpecs && (filters.length === 0 || wantsEndToEnd);

  const folder = mkdtempSync(join(tmpdir(), 'ballast-test-'));
  try {
    const installed = await prepare(installTestNodes);
    const hasBrowser = await ensureBrowser();
    const built = await prepare(() => ensureBuilt());
    const mayBeEmpty = filters.length > 0 && wantsEndToEnd;
    const cli = built.failed > 0 ? undefined : join(projectRoot, 'dist', 'main', 'cli.js');
    const unit = await runUnitTests({ filters, mayBeEmpty, cli }, folder);
    const tallies = [installed, built, unit];
    if (runsEndToEnd && built.failed > 0) {
      process.stderr.write('The end-to-end tests are not run: dist/ does not match the sources.\n');
    } else if (runsEndToEnd) {
      // A missing browser is a failure, not a skip: otherwise a green run would prove nothing about the page.
      tallies.push(hasBrowser ? await runEndToEndTests(filters, folder) : oneFailure);
    }
    return addTallies(tallies);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let tally = await runTests(process.argv.slice(2));
if (tally.passed + tally.failed + tally.skipped.length === 0) {
  process.stderr.write('No test matches.\n');
  tally = oneFailure;
}
process.stdout.write(`\n${formatTally(tally)}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
