/** Tables for the terminal and for a Markdown page. */

/** The first column is text, the others are aligned to the right. The first row is the head. */
export function formatTextTable(rows: readonly (readonly string[])[]): string {
  const widths = measureColumns(rows);
  const lines = rows.map((row) => joinCells(row, widths, '  ').trimEnd());
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

export function formatMarkdownTable(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => `| ${row.join(' | ')} |`);
  const rule = `|${(rows[0] ?? []).map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function measureColumns(rows: readonly (readonly string[])[]): number[] {
  return (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
}

function joinCells(row: readonly string[], widths: readonly number[], gap: string): string {
  return widths
    .map((width, column) => {
      const cell = row[column] ?? '';
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join(gap);
}

/** Three significant digits: 1.23M, 62.1k, 0.704. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 999_500) return `${roundTo3(value / 1e6)}M`;
  if (size >= 9_995) return `${roundTo3(value / 1e3)}k`;
  return roundTo3(value);
}

function roundTo3(value: number): string {
  // Number() takes the exponent away again: 1.23e+3 is 1230.
  return String(Number(value.toPrecision(3)));
}
