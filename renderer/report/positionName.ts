/** How the paper calls a position of its report. */
import type { Report } from '../../shared/domain/report.ts';
import { namePosition as nameInText, namePositionInDrawing } from '../../shared/format/position-name.ts';
import type { Translate } from '../../shared/text/text.ts';

function nameBy(write: typeof nameInText, id: string, report: Report, t: Translate): string {
  // A run may name positions that the report's own block no longer has.
  const position = report.positions.find((candidate) => candidate.id === id);
  return position
    ? write({ ...position, symbol: position.instrument.symbol }, t)
    : t('reports.paper.scenario.goneLabel');
}

/** In sentences and tables. */
export function namePosition(id: string, report: Report, t: Translate): string {
  return nameBy(nameInText, id, report, t);
}

/** In charts, where a name is cut at its end and paper has no hover: what tells positions apart comes first. */
export function nameDrawnPosition(id: string, report: Report, t: Translate): string {
  return nameBy(namePositionInDrawing, id, report, t);
}
