/** Names of exported files: readable, sortable by date, and valid on every file system. */
import type { Report, ReportFormat } from '../../shared/domain/report.ts';
import { formatDay } from '../../shared/format/time.ts';

const LONGEST_NAME = 40;

/** Letters, marks and digits of any script, in lower case, joined by hyphens: `Café №1` becomes `cafe-no1`. */
function slugify(name: string): string {
  const plain = name
    .normalize('NFKD')
    // Accents of Latin letters go; marks that other scripts cannot be read without stay.
    .replace(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, '-');
  // By code points, because half a surrogate pair is no file name.
  return Array.from(plain.replace(/^-+/u, '')).slice(0, LONGEST_NAME).join('').replace(/-+$/u, '');
}

export function reportFileName(report: Report, format: ReportFormat): string {
  const name = slugify(report.portfolio.name);
  return `ballast-${name === '' ? 'portfolio' : name}-${formatDay(report.generatedAt)}.${format}`;
}

export function historyFileName(portfolioName: string, at: number): string {
  const name = slugify(portfolioName);
  return `ballast-history-${name === '' ? 'portfolio' : name}-${formatDay(at)}.csv`;
}

export const REPORT_MIME: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  json: 'application/json',
};
