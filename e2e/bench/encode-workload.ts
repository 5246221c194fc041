/**
 * The workload as the C and Python programs read it: flat arrays, little-endian, without padding. Every 8-byte number
 * stands on a multiple of 8. Edges are sorted by operator and service, weights by operator and position.
 *
 *   bytes  8             "BALLAST1"
 *   u32    6             operators, services, positions, edges, weights, 0
 *   f64    1             rho
 *   f64    operators     hazard
 *   f64    operators     stake
 *   f64    operators     loss of all positions together at the operator's fault
 *   f64    edges         stake
 *   f64    edges         threshold
 *   f64    weights       loss of the position at the operator's fault
 *   f64    positions     value
 *   u32    edges         operator
 *   u32    edges         service
 *   u32    edges         mode: 0 unique, 1 shared, 2 elastic
 *   u32    weights       operator
 *   u32    weights       position
 */
import {
  countServices,
  readEdgeStake,
  readPositionValue,
  sumOperatorLosses,
  type Workload,
} from './workload.ts';

export const WORKLOAD_MAGIC = 'BALLAST1';
const HEADER_BYTES = 40;
const MODES = { unique: 0, shared: 1, elastic: 2 } as const;

export function encodeWorkload(workload: Workload): Uint8Array {
  const { operators, positions } = workload;
  const edges = workload.edges.toSorted((a, b) => a.operator - b.operator || a.service - b.service);
  const weights = positions
    .flatMap((position, i) =>
      position.weights.map(([operator, weight]) => ({ operator, position: i, weight })),
    )
    .sort((a, b) => a.operator - b.operator || a.position - b.position);

  const doubles = [
    operators.map(({ hazard }) => hazard),
    operators.map(({ stake }) => stake),
    sumOperatorLosses(workload),
    edges.map((edge) => readEdgeStake(workload, edge)),
    edges.map(({ threshold }) => threshold),
    weights.map(({ weight }) => weight),
    positions.map(readPositionValue),
  ];
  const integers = [
    edges.map(({ operator }) => operator),
    edges.map(({ service }) => service),
    edges.map(({ mode }) => MODES[mode]),
    weights.map(({ operator }) => operator),
    weights.map(({ position }) => position),
  ];
  const bytes = new Uint8Array(HEADER_BYTES + 8 * countItems(doubles) + 4 * countItems(integers));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(WORKLOAD_MAGIC));
  const counts = [
    operators.length,
    countServices(workload),
    positions.length,
    edges.length,
    weights.length,
    0,
  ];
  let offset = WORKLOAD_MAGIC.length;
  for (const count of counts) offset = writeInteger(view, offset, count);
  offset = writeDouble(view, offset, workload.rho);
  for (const column of doubles) for (const value of column) offset = writeDouble(view, offset, value);
  for (const column of integers) for (const value of column) offset = writeInteger(view, offset, value);
  return bytes;
}

function countItems(columns: readonly ArrayLike<number>[]): number {
  return columns.reduce((sum, { length }) => sum + length, 0);
}

function writeDouble(view: DataView, offset: number, value: number): number {
  view.setFloat64(offset, value, true);
  return offset + 8;
}

function writeInteger(view: DataView, offset: number, value: number): number {
  view.setUint32(offset, value, true);
  return offset + 4;
}
