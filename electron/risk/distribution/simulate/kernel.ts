/** The compiled hot loops (assembly/kernel.ts) over one memory that every worker of a simulation shares. */
import { KERNEL_BYTES } from './kernel-bytes.ts';
import { hazardTable } from './hazard-table.ts';
import type { Spread } from './spread.ts';

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
  readGroup(
    rows: number,
    width: number,
    paths: number,
    losses: number,
    first: number,
    weight: number,
    histogram: number,
    moments: number,
  ): void;
  measureGroup(
    losses: number,
    paths: number,
    first: number,
    weight: number,
    histogram: number,
    moments: number,
  ): void;
  findAtLeast(values: number, from: number, end: number, least: number, to: number): number;
  countRows(rows: number, count: number, weight: number, to: number): void;
  layOutSpread(base: number, services: number, edges: number, members: number, certain: number): number;
  serviceStartsAt(): number;
  edgeSourcesAt(): number;
  edgeThresholdsAt(): number;
  sourceStartsAt(): number;
  ownServicesAt(): number;
  ownSharesAt(): number;
  memberStartsAt(): number;
  membersAt(): number;
  settledAt(): number;
  readySpread(): void;
  spreadGroup(
    rows: number,
    width: number,
    from: number,
    paths: number,
    reach: number,
    limit: number,
    pathsOut: number,
    rowsOut: number,
    room: number,
  ): number;
  foundPathCount(): number;
  foundRowCount(): number;
}

/** How the chance of each source moves with the factor, by source. */
export interface SourceChances {
  readonly rho: number;
  /** Phi^-1(p) of sources on the factor; unused for others. */
  readonly thresholds: Float64Array;
  /** Hazard of sources off the factor; -1 for those on it. Sources of probability one have none: they are `certain`. */
  readonly fixedHazards: Float64Array;
  /** Sources that happen anyway. */
  readonly certain: readonly number[];
}

/** The loops that callers run; laying out and filling the tables is done by startKernel. */
type Loops =
  | 'knotsAt'
  | 'seed'
  | 'sumHazards'
  | 'fillTable'
  | 'sampleGroup'
  | 'sampleAll'
  | 'readGroup'
  | 'measureGroup'
  | 'findAtLeast'
  | 'countRows'
  | 'spreadGroup'
  | 'foundPathCount'
  | 'foundRowCount';

export interface Kernel extends Pick<KernelExports, Loops> {
  readonly memory: WebAssembly.Memory;
  /** Room for what spreadGroup finds: numbers of paths with counts, and rows. */
  readonly found: { readonly pathsAt: number; readonly rowsAt: number; readonly room: number };
}

/** Weights by source, at a fixed place: as in assembly/reading.ts. The kernel's own constants lie below. */
export const WEIGHTS_AT = 65_536;
/** After as many weights as there can be sources, and the null row's. */
const FIRST_SCRATCH = WEIGHTS_AT + 8 * 65_536;
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

/** Bytes of the tables and the room of layOutSpread, and of what is found. */
function countSpreadBytes(sources: number, spread: Spread | null): number {
  if (spread === null) return 0;
  const { serviceCount, edgeSources, members } = spread;
  const tables =
    5 * 8 * (sources + 2) +
    4 * 8 * (serviceCount + 2) +
    5 * 8 * (edgeSources.length + 1) +
    8 * (members.length + 1);
  return tables + 10 * countFoundRoom(sources);
}

/** Rows found before they are fetched: at least those of one path. */
function countFoundRoom(sources: number): number {
  return Math.max(65_536, sources);
}

/** Bytes of one worker's scratch, as `layOut` and `layOutSpread` lay it out; a multiple of 64. */
export function countScratchBytes(sources: number, spread: Spread | null): number {
  const cells = 2 ** countBits(sources);
  const bytes = 32 * cells + 6 * 8 * (sources + 1) + HAZARD_TABLE_BYTES + KNOT_BYTES;
  return Math.ceil((bytes + countSpreadBytes(sources, spread) + 64) / 64) * 64;
}

export function scratchAt(worker: number, sources: number, spread: Spread | null): number {
  return FIRST_SCRATCH + worker * countScratchBytes(sources, spread);
}

/** Memory of a fixed size: views on it stay valid, and workers can share it. */
export function createKernelMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** Starts the kernel for one worker. `chances` has at least one source. */
export function startKernel(
  memory: WebAssembly.Memory,
  worker: number,
  chances: SourceChances,
  spread: Spread | null,
): Kernel {
  const instance = new WebAssembly.Instance(compileKernel(), { env: { memory } });
  // `as`: the module is our own; kernel.test.ts compiles it from its source and compares.
  const kernel = instance.exports as unknown as KernelExports;
  const sources = chances.thresholds.length;
  const write = (at: number, values: Float64Array | Int32Array): void =>
    new Uint8Array(memory.buffer).set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      at,
    );
  const base = scratchAt(worker, sources, spread);
  const after = kernel.layOut(base, sources, countBits(sources), chances.rho);
  write(kernel.thresholdsAt(), chances.thresholds);
  write(kernel.fixedHazardsAt(), chances.fixedHazards);
  write(kernel.hazardTableAt(), hazardTable());
  const room = countFoundRoom(sources);
  const pathsAt = spread === null ? after : fillSpread(kernel, after, spread, write);
  const found = { pathsAt, rowsAt: pathsAt + 8 * room, room };
  return Object.assign(Object.create(null) as object, kernel, { memory, found });
}

function fillSpread(
  kernel: KernelExports,
  base: number,
  spread: Spread,
  write: (at: number, values: Float64Array | Int32Array) => void,
): number {
  const { serviceCount, edgeSources, members, certain } = spread;
  const end = kernel.layOutSpread(base, serviceCount, edgeSources.length, members.length, certain.length);
  write(kernel.serviceStartsAt(), spread.serviceStarts);
  write(kernel.edgeSourcesAt(), edgeSources);
  write(kernel.edgeThresholdsAt(), spread.edgeThresholds);
  write(kernel.sourceStartsAt(), spread.sourceStarts);
  write(kernel.ownServicesAt(), spread.ownServices);
  write(kernel.ownSharesAt(), spread.ownShares);
  write(kernel.memberStartsAt(), spread.memberStarts);
  write(kernel.membersAt(), members);
  write(kernel.settledAt(), certain);
  kernel.readySpread();
  return end;
}
