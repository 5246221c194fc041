/**
 * The report as JSON for other programs: the whole model, amounts as decimal strings of the smallest unit, indented.
 * docs/json.md describes it.
 */
import type { Report } from '../../shared/domain/report.ts';

/**
 * JSON with bigint as a plain decimal string. Unlike shared/contract/codec.ts, which must read back losslessly, this
 * form is for spreadsheets and scripts: every amount field is documented as an integer in its smallest unit.
 */
export function stringifyForPeople(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item),
    2,
  );
  return `${text}\n`;
}

export function renderReportJson(report: Report): Uint8Array {
  return new TextEncoder().encode(stringifyForPeople(report));
}
