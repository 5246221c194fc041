/** How a position is called in sentences and charts: token, account and, where it is not simply held, its state. */
import type { Report } from '../../shared/domain/report.ts';
import type { Translate } from '../../shared/text/text.ts';

/** A run may name positions that the report's own block no longer has. */
export function namePosition(id: string, report: Report, t: Translate): string {
  const position = report.positions.find((candidate) => candidate.id === id);
  if (!position) return t('reports.paper.scenario.goneLabel');
  const { instrument, accountLabel, state } = position;
  const name = `${instrument.symbol}, ${accountLabel}`;
  return state === 'held' ? name : `${name} (${t(`figure.state.${state}`)})`;
}
