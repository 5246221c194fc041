/** How the paper calls a position of its report. */
import type { Report } from '../../shared/domain/report.ts';
import { namePosition as nameShown } from '../../shared/format/position-name.ts';
import type { Translate } from '../../shared/text/text.ts';

/** A run may name positions that the report's own block no longer has. */
export function namePosition(id: string, report: Report, t: Translate): string {
  const position = report.positions.find((candidate) => candidate.id === id);
  if (!position) return t('reports.paper.scenario.goneLabel');
  return nameShown({ ...position, symbol: position.instrument.symbol }, t);
}
