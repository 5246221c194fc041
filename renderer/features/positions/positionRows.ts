/** The rows of the positions table: each position with its share, its look-through and what the last run left. Pure. */
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { shortenAddress } from '../../../shared/domain/address.ts';
import {
  type Exposure,
  type ExposureOperator,
  type ExposurePosition,
  isOperatorLeg,
} from '../../../shared/domain/exposure.ts';
import { computeFigure, SHARE_UNIT, type Figure } from '../../../shared/domain/figure.ts';
import type { Position } from '../../../shared/domain/position.ts';
import type { ValuedPosition } from '../../../shared/domain/position-values.ts';
import {
  isRunCurrent,
  makeScenarioFigures,
  type ScenarioFigures,
} from '../../../shared/domain/scenario-figures.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import { findReachInto, type SlashReach } from '../../../shared/domain/slash-reach.ts';
import { fractionOf } from '../../../shared/domain/units.ts';

/** With whom a position stands: one operator, several of a pool, nobody, or not visible. */
export type OperatorPlace =
  | { readonly kind: 'one'; readonly address: string; readonly name: string; readonly isNamed: boolean }
  | { readonly kind: 'several'; readonly count: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'hidden' };

export interface PositionRow {
  readonly position: ValuedPosition;
  readonly share: Figure;
  readonly operator: OperatorPlace;
  /** Null until the look-through is there. */
  readonly exposed: ExposurePosition | null;
  /** What services can take of it; null until the look-through is there. */
  readonly reach: SlashReach | null;
  /** Null where no run speaks of these values. */
  readonly scenario: ScenarioFigures | null;
}

export const GROUPINGS = ['none', 'account', 'token', 'state', 'operator'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export function buildPositionRows(
  view: PortfolioView,
  exposure: Exposure | null,
  run: Run | null,
): readonly PositionRow[] {
  const { positions, totals, freshness } = view;
  const isCurrent =
    run !== null && freshness.kind === 'read' && isRunCurrent(run, positions, freshness.origin.block.number);
  const losses = new Map(
    isCurrent ? run.result.positions.map(({ positionId, lossWei }) => [positionId, lossWei]) : [],
  );
  const exposed = new Map(exposure?.positions.map((entry) => [entry.id, entry]) ?? []);
  const operators = new Map<string, ExposureOperator>(
    exposure?.operators.map((operator) => [operator.address, operator]) ?? [],
  );
  return positions.map((position) => {
    const entry = exposed.get(position.id) ?? null;
    const loss = losses.get(position.id);
    return {
      position,
      share: makeShare(position, totals.bookEth),
      operator: placeOperator(position, entry, operators),
      exposed: entry,
      reach: exposure && entry && findReachInto(position, entry, exposure),
      scenario: loss === undefined ? null : makeScenarioFigures(position.bookEth, loss),
    };
  });
}

/** A portfolio worth nothing has no shares: its parts are then shown as 0% of it, which is what they add. */
function makeShare(position: Position, total: Figure): Figure {
  const head = { name: 'figure.name.share', subject: position.bookEth.subject, unit: SHARE_UNIT };
  return computeFigure(
    head,
    'share',
    [position.bookEth, total],
    (part, whole) => fractionOf(part, whole) ?? 0n,
  );
}

function placeOperator(
  { restaking, stake, instrument }: Position,
  exposed: ExposurePosition | null,
  operators: ReadonlyMap<string, ExposureOperator>,
): OperatorPlace {
  const nameOf = (address: string): OperatorPlace => {
    const known = operators.get(address);
    return {
      kind: 'one',
      address,
      name: known?.name ?? shortenAddress(address),
      // An address alone is shown as one.
      isNamed: known !== undefined && known.name !== shortenAddress(address),
    };
  };
  if (restaking) {
    if (restaking.isOperatorUnknown) return { kind: 'hidden' };
    return restaking.operator === null ? { kind: 'none' } : nameOf(restaking.operator);
  }
  if (stake) {
    const { finalityProvider: address, finalityProviderName: name } = stake;
    return { kind: 'one', address, name: name ?? shortenAddress(address), isNamed: name !== null };
  }
  const legs = exposed?.legs ?? [];
  const held = [...new Set(legs.filter(isOperatorLeg).map(({ operator }) => operator))];
  const [first] = held;
  if (first !== undefined) return held.length === 1 ? nameOf(first) : { kind: 'several', count: held.length };
  if (legs.some(({ kind }) => kind === 'hidden')) return { kind: 'hidden' };
  // Without legs (no value, or no look-through yet) only the kind of asset tells.
  return instrument.family === 'lrt' && legs.length === 0 ? { kind: 'hidden' } : { kind: 'none' };
}

/** What rows of one group have in common; rows with the same key belong together. */
export function groupKeyOf({ position, operator }: PositionRow, grouping: Grouping): string {
  switch (grouping) {
    case 'none':
      return '';
    case 'account':
      return position.accountId;
    case 'token':
      return position.instrument.id;
    case 'state':
      return position.state;
    case 'operator':
      return operator.kind === 'one' ? operator.address : operator.kind;
  }
}

/** Rows in which every word typed occurs somewhere: in token, account, address, operator or state. */
export function filterRows(
  rows: readonly PositionRow[],
  typed: string,
  nameState: (state: Position['state']) => string,
): readonly PositionRow[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ position, operator }) => {
    const text = [
      position.instrument.symbol,
      position.instrument.name,
      position.accountLabel,
      position.address,
      operator.kind === 'one' ? `${operator.name} ${operator.address}` : '',
      nameState(position.state),
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
