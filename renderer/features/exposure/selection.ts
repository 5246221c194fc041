/** A part of the look-through that was chosen, drawn or listed: what it is, and which positions rest on it. Pure. */
import type {
  Exposure,
  ExposureOperator,
  ExposurePosition,
  FlowNode,
  Leg,
  SharedRow,
} from '../../../shared/domain/exposure.ts';
import { splitStake } from '../../../shared/domain/stakes.ts';
import { fractionOf, sumOf } from '../../../shared/domain/units.ts';

export interface PositionPart {
  readonly positionId: string;
  /** Book value of the part of the position that rests there. */
  readonly valueWei: bigint;
}

export interface Selection {
  /** A node's id, or the id of a row of what is shared; the same for operators and services. */
  readonly id: string;
  readonly kind: FlowNode['kind'] | SharedRow['kind'];
  /** A message key for `free`, `hidden` and `unallocated`. */
  readonly name: string;
  readonly state: string | undefined;
  readonly valueWei: bigint;
  /** Of the portfolio's known book value. */
  readonly share: bigint | null;
  /** Null where no fault can be told: nothing there can fail. */
  readonly worstLossWei: bigint | null;
  /** Largest first. */
  readonly parts: readonly PositionPart[];
}

/** Null where the exposure has nothing of that id any more. */
export function findSelection(exposure: Exposure, id: string): Selection | null {
  const node = exposure.nodes.find((candidate) => candidate.id === id);
  const row = exposure.shared.find((candidate) => candidate.id === id);
  const found = node ?? row;
  if (!found) return null;
  const known = sumOf(exposure.positions.map(({ bookWei }) => bookWei ?? 0n));
  return {
    id,
    kind: found.kind,
    name: found.name,
    state: node?.state,
    valueWei: found.valueWei,
    share: fractionOf(found.valueWei, known),
    worstLossWei: row?.worstLossWei ?? null,
    parts: listParts(exposure, id),
  };
}

/** The node on which a position begins: its own, or the one it is drawn together with. */
export function findPositionNode(exposure: Exposure, positionId: string): FlowNode | null {
  const position = exposure.positions.find(({ id }) => id === positionId);
  if (!position) return null;
  const ids = [`position:${position.id}`, groupIdOf(position)];
  return exposure.nodes.find(({ id }) => ids.includes(id)) ?? null;
}

function groupIdOf({ instrumentId, state }: ExposurePosition): string {
  return `group:${instrumentId}:${state}`;
}

function listParts(exposure: Exposure, id: string): readonly PositionPart[] {
  return exposure.positions
    .map((position) => ({ positionId: position.id, valueWei: valueAt(position, id, exposure) }))
    .filter(({ valueWei }) => valueWei > 0n)
    .toSorted((a, b) => (a.valueWei === b.valueWei ? 0 : a.valueWei > b.valueWei ? -1 : 1));
}

/** How much of a position's book value passes through a node, or rests on a dependency. */
function valueAt(position: ExposurePosition, id: string, exposure: Exposure): bigint {
  const isWhole =
    id === `position:${position.id}` ||
    id === groupIdOf(position) ||
    id === `token:${position.instrumentId}` ||
    position.dependsOn.includes(id);
  if (isWhole) return position.bookWei ?? 0n;
  return sumOf(position.legs.map((leg) => valueOfLegAt(leg, id, exposure)));
}

function valueOfLegAt(leg: Leg, id: string, { operators, origin }: Exposure): bigint {
  if (leg.kind === 'free' || leg.kind === 'hidden') return leg.kind === id ? leg.bookWei : 0n;
  if (id === `operator:${leg.operator}`) return leg.bookWei;
  const parts = splitLeg(leg, operators, origin.block.number);
  if (parts === null) return id === 'unread' ? leg.bookWei : 0n;
  if (id === 'unallocated') return leg.bookWei - sumOf(parts.map(({ allocatedWei }) => allocatedWei));
  return parts.find(({ serviceId }) => id === `service:${serviceId}`)?.allocatedWei ?? 0n;
}

type StakedLeg = Extract<Leg, { kind: 'shares' | 'pooled' }>;

function splitLeg(
  { operator, strategy, bookWei }: StakedLeg,
  operators: readonly ExposureOperator[],
  block: bigint,
) {
  const states = operators.find(({ address }) => address === operator)?.strategies ?? [];
  const state = states.find((candidate) => candidate.strategy === strategy) ?? null;
  return splitStake({ operator, strategy, valueWei: bookWei, positionIds: [], state }, block);
}

/**
 * Every node that value of the given nodes comes from or goes to, with themselves. The columns are in order, so that a
 * link is part of the way exactly where both its ends are.
 */
export function traceFlow(
  links: readonly { readonly from: string; readonly to: string }[],
  startIds: readonly string[],
): ReadonlySet<string> {
  const follow = (next: (id: string) => readonly string[]): Set<string> => {
    const reached = new Set(startIds);
    // A set also visits what is added to it meanwhile.
    for (const id of reached) for (const neighbour of next(id)) reached.add(neighbour);
    return reached;
  };
  const up = follow((id) => links.filter(({ to }) => to === id).map(({ from }) => from));
  const down = follow((id) => links.filter(({ from }) => from === id).map(({ to }) => to));
  return up.union(down);
}

/** The nodes a choice is drawn as: itself, or the positions that rest on it where it is no node. */
export function listDrawnAs(exposure: Exposure, selection: Selection): readonly FlowNode[] {
  const own = exposure.nodes.find(({ id }) => id === selection.id);
  if (own) return [own];
  return selection.parts
    .map(({ positionId }) => findPositionNode(exposure, positionId))
    .filter((node) => node !== null);
}
