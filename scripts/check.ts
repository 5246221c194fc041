// `npm run check`: everything that can be said about the sources without running them.
import { runNode, type Outcome } from './processes.ts';

interface Check {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}

const checks: readonly Check[] = [
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['--pretty', 'false'] },
  { name: 'lint', script: 'node_modules/eslint/bin/eslint.js', args: ['.', '--max-warnings=0'] },
  {
    name: 'format',
    script: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '--log-level=warn', '.'],
  },
  { name: 'boundaries', script: 'scripts/check-boundaries.ts', args: [] },
  { name: 'unused', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'markers', script: 'scripts/check-markers.ts', args: [] },
];

async function runCheck(check: Check): Promise<boolean> {
  const begun = performance.now();
  const outcome: Outcome = await runNode(check.script, check.args, {
    output: 'capture',
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const isOk = outcome.code === 0;
  process.stdout.write(`${isOk ? 'ok  ' : 'FAIL'} ${check.name} (${seconds} s)\n`);
  if (!isOk) process.stdout.write(`${outcome.output.trimEnd().replace(/^/gm, '     ')}\n`);
  return isOk;
}

const only = process.argv.slice(2);
const unknown = only.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such check: ${unknown.join(', ')}. There are: ${checks.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(1);
}
const wanted = checks.filter((check) => only.length === 0 || only.includes(check.name));
const results = await Promise.all(wanted.map(runCheck));
process.exitCode = results.every(Boolean) ? 0 : 1;
