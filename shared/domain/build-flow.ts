/**
 * The drawing of where value stands: position -> token -> operator -> service, in four columns. What leaves a node is
 * what entered it; what is restaked with nobody, not visible or allocated to no service is a node of its own.
 */
import { nameProvider } from './exposure.ts';
import type { ExposureOperator, ExposurePosition, FlowLink, FlowNode, Leg } from './exposure.ts';
import { nameService } from './names.ts';
import type { Service } from './observation.ts';
import { gatherStakes, splitStake } from './stakes.ts';
import type { Wei } from './units.ts';

/** Above this many positions, those of one instrument and state are drawn as one. */
const MOST_SINGLE_POSITIONS = 12;

export interface Flow {
  readonly nodes: FlowNode[];
  readonly links: FlowLink[];
}

interface FlowInput {
  readonly positions: readonly ExposurePosition[];
  readonly operators: readonly ExposureOperator[];
  readonly services: readonly Service[];
  /** Pinned block, in which pending allocations are settled or not. */
  readonly block: bigint;
}

type NodeHead = Omit<FlowNode, 'valueWei'>;

const FREE: NodeHead = { id: 'free', kind: 'free', name: 'figure.node.free', depth: 2 };
const HIDDEN: NodeHead = { id: 'hidden', kind: 'hidden', name: 'figure.node.hidden', depth: 2 };
const UNALLOCATED: NodeHead = {
  id: 'unallocated',
  kind: 'unallocated',
  name: 'figure.node.unallocated',
  depth: 3,
};
const UNREAD: NodeHead = { id: 'unread', kind: 'hidden', name: 'figure.node.unread', depth: 3 };

/** Positions without a value, or worth nothing, are not drawn. */
export function buildFlow({ positions, operators, services, block }: FlowInput): Flow {
  const drawn = positions.filter(({ bookWei }) => bookWei !== null && bookWei > 0n);
  const flow = makeCollector();
  const operatorNames = new Map(operators.map(({ address, name }) => [address, name]));
  const serviceNames = new Map(services.map((service) => [service.id, nameService(service)]));
  const nodeOfPosition = drawn.length > MOST_SINGLE_POSITIONS ? makeGroupNode : makePositionNode;
  for (const position of drawn) {
    const token: NodeHead = {
      id: `token:${position.instrumentId}`,
      kind: 'token',
      name: position.symbol,
      depth: 1,
    };
    flow.add(nodeOfPosition(position), token, position.bookWei ?? 0n);
    for (const leg of position.legs) flow.add(token, nodeOfLeg(leg, operatorNames), leg.bookWei);
  }
  for (const stake of gatherStakes(drawn, operators)) {
    const operator = makeOperatorNode(stake.operator, operatorNames);
    const parts = splitStake(stake, block);
    let left = stake.valueWei;
    for (const { serviceId, allocatedWei } of parts ?? []) {
      const name = serviceNames.get(serviceId) ?? serviceId;
      flow.add(operator, { id: `service:${serviceId}`, kind: 'service', name, depth: 3 }, allocatedWei);
      left -= allocatedWei;
    }
    flow.add(operator, parts ? UNALLOCATED : UNREAD, left);
  }
  return flow.finish();
}

function makePositionNode(position: ExposurePosition): NodeHead {
  const { id, label, state } = position;
  return { id: `position:${id}`, kind: 'position', name: label, state, depth: 0 };
}

function makeGroupNode({ instrumentId, symbol, state }: ExposurePosition): NodeHead {
  return { id: `group:${instrumentId}:${state}`, kind: 'position', name: symbol, state, depth: 0 };
}

function makeOperatorNode(address: string, names: ReadonlyMap<string, string>): NodeHead {
  return { id: `operator:${address}`, kind: 'operator', name: names.get(address) ?? address, depth: 2 };
}

function nodeOfLeg(leg: Leg, operatorNames: ReadonlyMap<string, string>): NodeHead {
  switch (leg.kind) {
    case 'shares':
    case 'pooled':
      return makeOperatorNode(leg.operator, operatorNames);
    case 'provider':
      return { id: `provider:${leg.provider}`, kind: 'operator', name: nameProvider(leg), depth: 2 };
    case 'free':
      return FREE;
    case 'hidden':
      return HIDDEN;
  }
}

/** Adds up links between the same two nodes. A node is worth what enters it; in the first column, what leaves it. */
function makeCollector(): { add(from: NodeHead, to: NodeHead, wei: bigint): void; finish(): Flow } {
  const heads = new Map<string, NodeHead>();
  const links = new Map<string, { from: string; to: string; wei: bigint }>();
  return {
    add: (from, to, wei) => {
      if (wei === 0n) return;
      heads.set(from.id, heads.get(from.id) ?? from);
      heads.set(to.id, heads.get(to.id) ?? to);
      const key = `${from.id} ${to.id}`;
      const link = links.get(key);
      links.set(key, { from: from.id, to: to.id, wei: (link?.wei ?? 0n) + wei });
    },
    finish: () => {
      const inward = new Map<string, bigint>();
      const outward = new Map<string, bigint>();
      for (const { from, to, wei } of links.values()) {
        outward.set(from, (outward.get(from) ?? 0n) + wei);
        inward.set(to, (inward.get(to) ?? 0n) + wei);
      }
      // as: sums of wei are wei
      const nodes = [...heads.values()].map((head) => ({
        ...head,
        valueWei: (inward.get(head.id) ?? outward.get(head.id) ?? 0n) as Wei,
      }));
      nodes.sort((a, b) => a.depth - b.depth);
      return {
        nodes,
        links: [...links.values()].map(({ from, to, wei }) => ({ from, to, valueWei: wei as Wei })),
      };
    },
  };
}
