/** Names of exported files: readable, sortable by date, and valid on every file system. */
import type { Report, ReportFormat } from '../../shared/domain/report.ts';
import { formatDay } from '../../shared/format/time.ts';

export function reportFileName(report: Report, format: ReportFormat): string {
  const name = report.portfolio.name
    .normalize('NFKD')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 40)
    .toLowerCase();
  return `ballast-${name === '' ? 'portfolio' : name}-${formatDay(report.generatedAt)}.${format}`;
}

export const REPORT_MIME: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  json: 'application/json',
};
