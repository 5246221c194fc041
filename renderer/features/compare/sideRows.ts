/** The facts of the pinned protocols, a row each, with how they differ. Pure. */
import { FACT_KEYS, type Fact, type FactStatus } from '../../../shared/domain/catalog.ts';
import type { Translate } from '../../../shared/text/text.ts';
import type { ColumnId } from './compareColumns.ts';
import type { CompareCell, CompareRow } from './compareRows.ts';
import { formatFactFigure } from '../../../shared/format/catalog.ts';
import { markDifference, type Difference } from './markDifferences.ts';

export interface SideCell {
  readonly text: string | null;
  readonly figure: string | null;
  readonly status: FactStatus | null;
  readonly asOf: string | null;
  readonly missing: CompareCell['missing'];
  readonly measured?: CompareCell['measured'];
}

export interface SideRow {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly SideCell[];
  readonly difference: Difference;
}

/** What is no fact of its own, but stands in the table. */
const BEFORE = ['underlying', 'kind', 'yield', 'emissionShare', 'tvl'] as const satisfies readonly ColumnId[];
const AFTER = ['dependencies', 'incidents'] as const satisfies readonly ColumnId[];

export function listSideRows(
  pinned: readonly CompareRow[],
  t: Translate,
  locale: string,
): readonly SideRow[] {
  const ofColumn = (id: ColumnId): SideRow => {
    const cells = pinned.map((row) => row.cells[id]);
    return {
      id,
      name: t(`compare.column.${id}`),
      cells: cells.map(({ text, status, asOf, missing, measured }) => ({
        text,
        figure: null,
        status,
        asOf,
        missing,
        measured,
      })),
      difference: markDifference(cells.map(({ text }) => ({ text, figure: null }))),
    };
  };
  const ofFact = (key: (typeof FACT_KEYS)[number]): SideRow => {
    const facts = pinned.map(({ protocol }) => protocol.facts[key]);
    return {
      id: key,
      name: t(`catalog.fact.${key}`),
      cells: facts.map((fact) => toCell(fact, t, locale)),
      difference: markDifference(facts),
    };
  };
  return [...BEFORE.map(ofColumn), ...FACT_KEYS.map(ofFact), ...AFTER.map(ofColumn)];
}

function toCell({ text, figure, status, asOf }: Fact, t: Translate, locale: string): SideCell {
  return {
    text,
    figure: figure === null ? null : formatFactFigure(figure, t, locale),
    status: text === null ? null : status,
    asOf,
    missing: 'unknown',
  };
}
