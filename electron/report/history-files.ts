/** A history in and out of a file, as the service of histories asks for it. */
import type { HistoryFiles } from '../services/history.ts';
import { historyFileName } from './file-name.ts';
import { parseHistoryCsv } from './parse-history-csv.ts';
import { renderHistoryCsv } from './render-history-csv.ts';

export const historyFiles: HistoryFiles = {
  render: renderHistoryCsv,
  parse: parseHistoryCsv,
  offer: (portfolio, at, bytes) => ({ name: historyFileName(portfolio.name, at), mime: 'text/csv', bytes }),
};
