/**
 * The hot loops of the simulation, in AssemblyScript: TypeScript's syntax over WebAssembly's types. `npm run kernel`
 * compiles this file into ../kernel-bytes.ts; a test compiles it again and compares. docs/adr/0004 says why it is not
 * plain TypeScript.
 *
 * Memory is laid out by ../kernel.ts and shared by all workers; each has a scratch of its own, and they write disjoint
 * parts of one tape.
 */
export {
  fillTable,
  fixedHazardsAt,
  hazardTableAt,
  knotsAt,
  layOut,
  sampleAll,
  sampleGroup,
  seed,
  sumHazards,
  thresholdsAt,
} from './sampling';
export { countRows, findAtLeast, measureGroup, readGroup } from './reading';
export {
  edgeSourcesAt,
  edgeThresholdsAt,
  foundPathCount,
  foundRowCount,
  layOutSpread,
  memberStartsAt,
  membersAt,
  ownServicesAt,
  ownSharesAt,
  readySpread,
  serviceStartsAt,
  settledAt,
  sourceStartsAt,
  spreadGroup,
} from './spreading';
