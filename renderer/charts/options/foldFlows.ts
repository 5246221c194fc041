/** Makes a flow drawing legible: the smallest nodes of a full column are drawn as one, and no flow is lost. */
import type { Exposure, FlowLink, FlowNode } from '../../../shared/domain/exposure.ts';
import type { Wei } from '../../../shared/domain/units.ts';

export interface FoldedNode extends FlowNode {
  /** How many nodes are drawn as this one; 1 for a node that stands for itself. */
  readonly count: number;
}

export interface FoldedFlows {
  readonly nodes: readonly FoldedNode[];
  readonly links: readonly FlowLink[];
}

const FOLDABLE: ReadonlySet<FlowNode['kind']> = new Set(['position', 'token', 'operator', 'service']);

function compareBySize(a: FlowNode, b: FlowNode): number {
  if (a.valueWei !== b.valueWei) return a.valueWei > b.valueWei ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The nodes of one column and kind: the largest as they are, the rest as one. */
function foldColumn(column: readonly FlowNode[], limit: number, targets: Map<string, string>): FoldedNode[] {
  const sorted = column.toSorted(compareBySize);
  const isFull = sorted.length > limit;
  const kept = isFull ? sorted.slice(0, limit - 1) : sorted;
  const rest = sorted.slice(kept.length);
  const nodes: FoldedNode[] = kept.map((node) => ({ ...node, count: 1 }));
  const [first] = rest;
  if (first === undefined) return nodes;
  const id = `rest:${first.depth}:${first.kind}`;
  let total = 0n;
  for (const node of rest) {
    targets.set(node.id, id);
    total += node.valueWei;
  }
  // A sum of wei is wei; the brand does not survive addition.
  nodes.push({
    id,
    kind: first.kind,
    name: '',
    depth: first.depth,
    valueWei: total as Wei,
    count: rest.length,
  });
  return nodes;
}

function mergeLinks(links: readonly FlowLink[], targets: ReadonlyMap<string, string>): FlowLink[] {
  const merged = new Map<string, { from: string; to: string; valueWei: bigint }>();
  for (const link of links) {
    if (link.valueWei === 0n) continue;
    const from = targets.get(link.from) ?? link.from;
    const to = targets.get(link.to) ?? link.to;
    const key = JSON.stringify([from, to]);
    const row = merged.get(key) ?? { from, to, valueWei: 0n };
    row.valueWei += link.valueWei;
    merged.set(key, row);
  }
  return [...merged.values()].map((row) => ({ ...row, valueWei: row.valueWei as Wei }));
}

/**
 * Keeps at most `limit` (at least 2) nodes per column and kind; the smallest are drawn as one node `rest:<depth>:<kind>`
 * with an empty name. Inflow and outflow of every kept node, and the sum over each column, stay exactly the same.
 */
export function foldFlows(exposure: Pick<Exposure, 'nodes' | 'links'>, limit: number): FoldedFlows {
  const columns = new Map<string, FlowNode[]>();
  const alone: FoldedNode[] = [];
  for (const node of exposure.nodes) {
    if (node.valueWei === 0n) continue;
    if (!FOLDABLE.has(node.kind)) {
      alone.push({ ...node, count: 1 });
      continue;
    }
    const key = `${node.depth}:${node.kind}`;
    columns.set(key, [...(columns.get(key) ?? []), node]);
  }
  const targets = new Map<string, string>();
  const folded = [...columns.values()].flatMap((column) => foldColumn(column, Math.max(2, limit), targets));
  return { nodes: [...folded, ...alone], links: mergeLinks(exposure.links, targets) };
}

/** Nodes in the fullest column, for the height of the drawing. */
export function countTallestColumn(flows: FoldedFlows): number {
  const counts = new Map<number, number>();
  for (const node of flows.nodes) counts.set(node.depth, (counts.get(node.depth) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
