// `npm run ballast -- <arguments>`: the command line, built first when its sources changed.
import { ensureBuilt } from './build-lib.ts';
import { runNode } from './processes.ts';

try {
  await ensureBuilt();
  const { code } = await runNode('dist/main/cli.js', process.argv.slice(2), {
    // Where the user stands: file arguments are relative to it. npm moved us to the project's root.
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    output: 'inherit',
  });
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
