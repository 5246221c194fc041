// `npm run build`: builds everything below dist/, whether it is out of date or not.
import { ensureBuilt } from './build-lib.ts';

try {
  await ensureBuilt({ isForced: true });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
