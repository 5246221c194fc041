/**
 * A simulation by several threads: all write into one memory, each takes the next bin that nobody has. What a bin holds
 * depends on the seed and the bin alone, so the tape is the same whoever sampled what. Knows of no threads itself: it
 * is handed functions that carry a job to one.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import { createWork, type RunHooks } from '../../work.ts';
import type { LossModel } from '../loss-model.ts';
import type { EventTape } from './event-tape.ts';
import { createKernelMemory, startKernel } from './kernel.ts';
import { packPlan, unpackPlan, type PackedPlan } from './plan-transfer.ts';
import { planSimulation, type SimulationOptions, type SimulationPlan } from './plan.ts';
import {
  assembleTape,
  joinExtras,
  layOutTape,
  prepareReading,
  sampleBins,
  writeReach,
  type BinExtras,
  type TapeLayout,
} from './simulate.ts';
import type { Spread } from './spread.ts';

/** Everything a helping thread needs; the memory and the counters are shared, the rest is copied. */
export interface SampleJob {
  readonly worker: number;
  readonly plan: PackedPlan;
  readonly layout: TapeLayout;
  readonly memory: WebAssembly.Memory;
  /** Null where nothing spreads. */
  readonly spread: Spread | null;
  /** As in Sampling. */
  readonly firstCell: number | null;
  /** Two numbers: the next bin, and whether to stop. */
  readonly counters: SharedArrayBuffer;
}

export interface SampleReply {
  readonly extras: readonly BinExtras[];
}

const NEXT = 0;
const STOP = 1;

export function runSampleJob(job: SampleJob): SampleReply {
  const { worker, layout, memory, spread, firstCell, counters } = job;
  const plan = unpackPlan(job.plan);
  const kernel = startKernel(memory, worker, plan.chances, spread);
  const cells = new Int32Array(counters);
  const sampling = { plan, kernel, layout, spread, firstCell, worker };
  const extras = sampleBins(sampling, {
    nextBin: () => takeBin(cells, plan),
    isStopped: () => Atomics.load(cells, STOP) !== 0,
  });
  return { extras };
}

function takeBin(cells: Int32Array, { bins }: SimulationPlan): number | undefined {
  if (Atomics.load(cells, STOP) !== 0) return undefined;
  const bin = Atomics.add(cells, NEXT, 1);
  return bin < bins.length ? bin : undefined;
}

/** As simulate, with helpers. @throws AppError scenario-invalid, cancelled */
export async function simulateWith(
  model: LossModel,
  options: SimulationOptions,
  helpers: readonly ((job: SampleJob) => Promise<SampleReply>)[],
  hooks: RunHooks = {},
  memory?: WebAssembly.Memory,
): Promise<EventTape> {
  const { plan, spread } = planSimulation(model, options);
  const layout = layOutTape(plan, spread, 1 + helpers.length);
  const isLarge = memory !== undefined && memory.buffer.byteLength >= layout.end;
  const kernel = startKernel(isLarge ? memory : createKernelMemory(layout.end), 0, plan.chances, spread);
  writeReach(kernel, spread);
  const reading = prepareReading(kernel, layout, model, plan, spread);
  const firstCell = reading?.firstCell ?? null;
  const counters = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const cells = new Int32Array(counters);
  const packed = packPlan(plan);
  const replies = helpers.map((ask, index) =>
    ask({
      worker: index + 1,
      plan: packed,
      layout,
      memory: kernel.memory,
      spread,
      firstCell,
      counters,
    }),
  );
  const work = createWork(plan.bins.length, hooks);
  let last = 0;
  const isStopped = (): boolean => {
    if (hooks.isCancelled?.() === true) Atomics.store(cells, STOP, 1);
    return Atomics.load(cells, STOP) !== 0;
  };
  let own: readonly BinExtras[];
  try {
    const sampling = { plan, kernel, layout, spread, firstCell, worker: 0 };
    own = sampleBins(sampling, {
      nextBin() {
        const bin = isStopped() ? undefined : takeBin(cells, plan);
        work.advance((bin ?? plan.bins.length) - last);
        last = bin ?? plan.bins.length;
        return bin;
      },
      isStopped,
    });
  } catch (thrown) {
    // The others must not go on writing into a memory that the caller may use again.
    Atomics.store(cells, STOP, 1);
    await Promise.allSettled(replies);
    throw thrown;
  }
  const others = await Promise.all(replies);
  if (Atomics.load(cells, STOP) !== 0) throw new AppError('cancelled', 'Cancelled.', { retryable: true });
  const extras = joinExtras([...own, ...others.flatMap((reply) => reply.extras)]);
  return assembleTape(plan, kernel, layout, extras, reading);
}
