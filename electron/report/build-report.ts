/** The report model, built once and rendered as page, PDF, CSV and JSON. Pure: the clock is an input. */
import type { Figure, FormulaId } from '../../shared/domain/figure.ts';
import { sourcesOf } from '../../shared/domain/figure.ts';
import type { Position, Totals } from '../../shared/domain/position.ts';
import type { Report, ReportSource } from '../../shared/domain/report.ts';
import type { Source } from '../../shared/domain/source.ts';

export type ReportInput = Omit<Report, 'schema' | 'formulas' | 'sources'>;

/** Every figure the report prints, once: what the sources and the formulas of the method section are taken from. */
function listFigures(positions: readonly Position[], totals: Totals): readonly Figure[] {
  const rows = positions.flatMap((position) => {
    const detail = position.restaking;
    const restaking = detail
      ? [detail.depositShares, detail.withdrawableShares, detail.maxMagnitude, detail.completableBlock]
      : [];
    return [position.amount, position.rate, position.bookEth, position.bookUsd, ...restaking];
  });
  return [...rows.filter((figure) => figure !== null), totals.bookEth, totals.bookUsd];
}

function collectFormulas(figure: Figure, into: Set<FormulaId>): void {
  if (figure.basis.kind !== 'computed') return;
  into.add(figure.basis.formula);
  for (const input of figure.basis.inputs) collectFormulas(input, into);
}

function keyOf(source: Source): string {
  switch (source.kind) {
    case 'chain':
      return [
        'chain',
        source.endpoint,
        source.block.number,
        source.address,
        source.contract,
        source.call,
      ].join('|');
    case 'user':
      return ['user', source.what, source.enteredAt].join('|');
    case 'sample':
      return ['sample', source.contract, source.call].join('|');
    case 'definition':
      return ['definition', source.why].join('|');
  }
}

/**
 * The distinct sources behind the printed figures, each with the number of figures that rest on it. Totals rest on
 * the figures of the rows, so only rows are counted.
 */
function countSources(positions: readonly Position[], totals: Totals): readonly ReportSource[] {
  const rows = new Map<string, { source: Source; figures: number }>();
  for (const figure of listFigures(positions, totals)) {
    const isTotal = figure === totals.bookEth || figure === totals.bookUsd;
    const seen = new Map(sourcesOf(figure).map((source) => [keyOf(source), source]));
    for (const [key, source] of seen) {
      const row = rows.get(key) ?? { source, figures: 0 };
      row.figures += isTotal ? 0 : 1;
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

/** Completes the model with what can be derived from its figures: the formulas used and the sources relied on. */
export function buildReport(input: ReportInput): Report {
  const formulas = new Set<FormulaId>();
  for (const figure of listFigures(input.positions, input.totals)) collectFormulas(figure, formulas);
  if (input.run) {
    formulas.add('scenario-loss');
    formulas.add('after-scenario');
  }
  return {
    schema: 'ballast-report/1',
    ...input,
    formulas: [...formulas],
    sources: [...countSources(input.positions, input.totals)],
  };
}
