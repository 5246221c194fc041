/** A part of the look-through that was chosen, drawn or listed: what it is, and which positions rest on it. Pure. */
import {
  type Exposure,
  type ExposureOperator,
  type ExposurePosition,
  type FlowNode,
  type Leg,
  type SharedRow,
  isOperatorLeg,
  type OperatorLeg,
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
  /** With whom those parts stand, largest first; empty for a choice at or beyond an operator. */
  readonly operators: readonly OperatorPart[];
}

interface OperatorPart {
  readonly id: string;
  readonly name: string;
  readonly valueWei: bigint;
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
    operators: listOperatorParts(exposure, id),
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

/** Of the positions that pass through it whole: what of them stands with which operator. */
function listOperatorParts(exposure: Exposure, id: string): readonly OperatorPart[] {
  const legs = exposure.positions
    .filter((position) => isWholeAt(position, id))
    .flatMap((position) => position.legs)
    .filter(isOperatorLeg);
  return exposure.operators
    .map(({ address, name }) => ({
      id: `operator:${address}`,
      name,
      valueWei: sumOf(legs.filter(({ operator }) => operator === address).map(({ bookWei }) => bookWei)),
    }))
    .filter(({ valueWei }) => valueWei > 0n)
    .toSorted((a, b) => (a.valueWei === b.valueWei ? 0 : a.valueWei > b.valueWei ? -1 : 1));
}

function isWholeAt(position: ExposurePosition, id: string): boolean {
  return (
    id === `position:${position.id}` ||
    id === groupIdOf(position) ||
    id === `token:${position.instrumentId}` ||
    position.dependsOn.includes(id)
  );
}

/** How much of a position's book value passes through a node, or rests on a dependency. */
function valueAt(position: ExposurePosition, id: string, exposure: Exposure): bigint {
  if (isWholeAt(position, id)) return position.bookWei ?? 0n;
  return sumOf(position.legs.map((leg) => valueOfLegAt(leg, id, exposure)));
}

function valueOfLegAt(leg: Leg, id: string, { operators, origin }: Exposure): bigint {
  if (leg.kind === 'provider') return id === `provider:${leg.provider}` ? leg.bookWei : 0n;
  if (leg.kind === 'free' || leg.kind === 'hidden') return leg.kind === id ? leg.bookWei : 0n;
  if (id === `operator:${leg.operator}`) return leg.bookWei;
  const parts = splitLeg(leg, operators, origin.block.number);
  if (parts === null) return id === 'unread' ? leg.bookWei : 0n;
  if (id === 'unallocated') return leg.bookWei - sumOf(parts.map(({ allocatedWei }) => allocatedWei));
  return parts.find(({ serviceId }) => id === `service:${serviceId}`)?.allocatedWei ?? 0n;
}

/** An operator, or several that are drawn as one (`rest:2:operator`). */
function isOperatorNode(id: string): boolean {
  return id.startsWith('operator:') || id.endsWith(':operator');
}

function splitLeg(
  { operator, strategy, bookWei }: OperatorLeg,
  operators: readonly ExposureOperator[],
  block: bigint,
) {
  const states = operators.find(({ address }) => address === operator)?.strategies ?? [];
  const state = states.find((candidate) => candidate.strategy === strategy) ?? null;
  return splitStake({ operator, strategy, valueWei: bookWei, positionIds: [], state }, block);
}

/**
 * Every node that value of the given nodes comes from or goes to, with themselves. The columns are in order, so that a
 * link is part of the way exactly where both its ends are. An operator that other value stands with too is where the
 * way down ends: bands are drawn at their whole width, and beyond it they would overstate the choice.
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
  const isMixed = (id: string): boolean =>
    isOperatorNode(id) && !startIds.includes(id) && links.some(({ from, to }) => to === id && !fed.has(from));
  const listBelow = (id: string): readonly string[] =>
    links.filter(({ from }) => from === id).map(({ to }) => to);
  // All that the choice reaches at all, to tell an operator that it alone feeds from one that it shares.
  const fed = follow(listBelow);
  const down = follow((id) => (isMixed(id) ? [] : listBelow(id)));
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
