/** The columns of the comparison, in their order. Texts: `compare.column.<id>` and `compare.columnHint.<id>`. Pure. */
import type { FactKey } from '../../../shared/domain/catalog.ts';

export const COLUMN_IDS = [
  'score',
  'underlying',
  'kind',
  'yield',
  'yieldBase',
  'yieldService',
  'yieldEmissions',
  'emissionShare',
  'feeOnRewards',
  'exitFee',
  'exitPath',
  'exitDays',
  'exitStressDays',
  'liquidity',
  'slashingConditions',
  'slashingMaximum',
  'cover',
  'audits',
  'bounty',
  'timelock',
  'multisig',
  'pause',
  'backing',
  'dependencies',
  'tvl',
  'incidents',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** `name` is always shown, frozen at the left. */
export type SortId = ColumnId | 'name';

/** What a press on a cell of the column shows in the row's detail. */
export type DetailAnchor = FactKey | 'score' | 'about' | 'figures' | 'dependencies' | 'incidents';

interface ColumnSpec {
  /** rem; fixed, because only the rows in view are there to be measured. */
  readonly width: number;
  readonly isNumber: boolean;
  readonly anchor: DetailAnchor;
  /** Shown until the user chooses. */
  readonly isShownAtFirst: boolean;
}

function text(width: number, anchor: DetailAnchor, isShownAtFirst = true): ColumnSpec {
  return { width, isNumber: false, anchor, isShownAtFirst };
}

function number(width: number, anchor: DetailAnchor, isShownAtFirst = true): ColumnSpec {
  return { width, isNumber: true, anchor, isShownAtFirst };
}

export const COLUMN_SPECS: Readonly<Record<ColumnId, ColumnSpec>> = {
  score: number(10.5, 'score'),
  underlying: text(9, 'about'),
  kind: text(9.5, 'about'),
  yield: number(7.5, 'figures'),
  yieldBase: number(8.5, 'figures', false),
  yieldService: number(8.5, 'figures', false),
  yieldEmissions: number(9, 'figures', false),
  emissionShare: number(8.5, 'figures'),
  feeOnRewards: number(7.5, 'feeOnRewards'),
  exitFee: number(7, 'exitFee', false),
  exitPath: text(14, 'exitPath', false),
  exitDays: number(8, 'exitDays'),
  exitStressDays: number(8.5, 'exitStressDays'),
  liquidity: text(13, 'liquidity', false),
  slashingConditions: text(14, 'slashingConditions', false),
  slashingMaximum: number(8.5, 'slashingMaximum'),
  cover: text(12, 'cover'),
  audits: number(7, 'audits'),
  bounty: text(10, 'bounty', false),
  timelock: number(8, 'timelock'),
  multisig: text(8, 'multisig'),
  pause: text(12, 'pause', false),
  backing: text(13, 'backing', false),
  dependencies: text(13, 'dependencies'),
  tvl: number(8.5, 'figures'),
  incidents: number(7.5, 'incidents'),
};

/** The frozen column of names: any CSS width. Narrower in a narrow window, where it would leave little beside it. */
export const NAME_WIDTH = 'clamp(10rem, 24vw, 15rem)';

export const FIRST_COLUMNS: readonly ColumnId[] = COLUMN_IDS.filter((id) => COLUMN_SPECS[id].isShownAtFirst);

/** In the order of the table, whatever the order they were chosen in. */
export function orderColumns(chosen: readonly ColumnId[]): readonly ColumnId[] {
  return COLUMN_IDS.filter((id) => chosen.includes(id));
}
