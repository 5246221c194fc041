/** The process in which the engine runs as a contestant: see engine-contestant.ts. */
import { readFileSync } from 'node:fs';
import type { ChildReply, ChildRequest } from './engine-contestant.ts';
import { prepareTask } from './engine-tasks.ts';
import type { PreparedTask } from './engine-timing.ts';
import { parseWorkload } from './workload.ts';

/** Runs before anything is measured: the compiler needs to have seen the loops. */
const WARM_UP_RUNS = 3;

let prepared: PreparedTask | null = null;

async function answer(request: ChildRequest): Promise<ChildReply> {
  if (request.kind === 'run') {
    if (prepared === null) throw new Error('Nothing was prepared.');
    return { kind: 'outcome', outcome: await prepared.run(request.seed) };
  }
  const workload = parseWorkload(readFileSync(request.jsonFile, 'utf8'));
  const task = await prepareTask(workload, request.task);
  if ('skipped' in task) return { kind: 'prepared', skipped: task.skipped };
  for (let run = 0; run < WARM_UP_RUNS; run++) await task.run(run);
  prepared = task;
  return { kind: 'prepared', skipped: null };
}

process.on('message', (message) => {
  // `as`: only our own parent sends messages, typed by engine-contestant.ts.
  answer(message as ChildRequest).then(
    (reply) => process.send?.(reply),
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ kind: 'failed', message: text } satisfies ChildReply);
    },
  );
});
// Workers would keep the process alive after its parent is done with it.
process.on('disconnect', () => process.exit());
