/** The compiled hot loops (assembly/kernel.ts) over one memory that every worker of a simulation shares. */
import { KERNEL_BYTES } from './kernel-bytes.ts';
import { hazardTable } from './hazard-table.ts';

/** What assembly/kernel.ts exports; addresses are byte offsets into the memory. */
interface KernelExports {
  layOut(base: number, sources: number, bits: number, rho: number): number;
  thresholdsAt(): number;
  fixedHazardsAt(): number;
  hazardTableAt(): number;
  knotsAt(): number;
  seed(a: number, b: number, c: number, d: number): void;
  sumHazards(z: number): number;
  fillTable(zLow: number, zHigh: number, total: number, follows: number, band: number): void;
  sampleGroup(to: number, width: number, paths: number): void;
  sampleAll(to: number, paths: number): void;
  sumRows(rows: number, width: number, paths: number, weights: number, to: number): void;
  countValues(values: number, count: number, perCell: number, weight: number, histogram: number): void;
  sumMoments(values: number, count: number, to: number): void;
  sumExcesses(values: number, count: number, least: number, to: number): void;
  countRows(rows: number, count: number, weight: number, to: number): void;
}

/** How the chance of each source moves with the factor, by source. */
export interface SourceChances {
  readonly rho: number;
  /** Phi^-1(p) of sources on the factor; unused for others. */
  readonly thresholds: Float64Array;
  /** Hazard of sources off the factor; -1 for those on it. Sources of probability one have none: they are `certain`. */
  readonly fixedHazards: Float64Array;
}

export interface Kernel extends Omit<
  KernelExports,
  'layOut' | 'thresholdsAt' | 'fixedHazardsAt' | 'hazardTableAt'
> {
  readonly memory: WebAssembly.Memory;
}

/** The kernel's own constants lie below. */
const FIRST_SCRATCH = 65_536;
const PAGE = 65_536;
const HAZARD_TABLE_BYTES = 16 * (24 * 128 + 1);
const KNOT_BYTES = 8 * 34;

let compiled: WebAssembly.Module | null = null;

/** Compiled once per thread; small enough to be compiled synchronously. */
function compileKernel(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BYTES), (char) => char.charCodeAt(0)));
  return compiled;
}

/** log2 of the cells of the alias table: at least two bits, so that a threshold fits 31. */
function countBits(sources: number): number {
  return Math.max(2, Math.ceil(Math.log2(sources)));
}

/** Bytes of one worker's scratch, as `layOut` lays it out; a multiple of 64. */
export function countScratchBytes(sources: number): number {
  const cells = 2 ** countBits(sources);
  const bytes = 32 * cells + 6 * 8 * (sources + 1) + HAZARD_TABLE_BYTES + KNOT_BYTES;
  return Math.ceil(bytes / 64) * 64;
}

export function scratchAt(worker: number, sources: number): number {
  return FIRST_SCRATCH + worker * countScratchBytes(sources);
}

/** Memory of a fixed size: views on it stay valid, and workers can share it. */
export function createKernelMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** Starts the kernel for one worker. `chances` has at least one source. */
export function startKernel(memory: WebAssembly.Memory, worker: number, chances: SourceChances): Kernel {
  const instance = new WebAssembly.Instance(compileKernel(), { env: { memory, abort: refuse } });
  // `as`: the module is our own; kernel.test.ts compiles it from its source and compares.
  const kernel = instance.exports as unknown as KernelExports;
  const sources = chances.thresholds.length;
  kernel.layOut(scratchAt(worker, sources), sources, countBits(sources), chances.rho);
  const write = (at: number, values: Float64Array): void =>
    new Float64Array(memory.buffer, at, values.length).set(values);
  write(kernel.thresholdsAt(), chances.thresholds);
  write(kernel.fixedHazardsAt(), chances.fixedHazards);
  write(kernel.hazardTableAt(), hazardTable());
  return Object.assign(Object.create(null) as object, kernel, { memory });
}

function refuse(): never {
  throw new Error('The simulation kernel stopped.');
}
