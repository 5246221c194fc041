/** Where a key leads in a grid of cells. Pure. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows a page key moves by. */
  readonly page: number;
}

/** Null where the key moves nowhere. `isFar`: with Control, to the corners. */
export function moveCell(from: GridCell, key: string, isFar: boolean, size: GridSize): GridCell | null {
  const { row, column } = from;
  const at = (nextRow: number, nextColumn: number): GridCell => ({
    row: Math.min(size.rows - 1, Math.max(0, nextRow)),
    column: Math.min(size.columns - 1, Math.max(0, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return at(isFar ? size.rows : row + 1, column);
    case 'ArrowUp':
      return at(isFar ? 0 : row - 1, column);
    case 'ArrowRight':
      return at(row, isFar ? size.columns : column + 1);
    case 'ArrowLeft':
      return at(row, isFar ? 0 : column - 1);
    case 'Home':
      return at(isFar ? 0 : row, 0);
    case 'End':
      return at(isFar ? size.rows : row, size.columns);
    case 'PageDown':
      return at(row + size.page, column);
    case 'PageUp':
      return at(row - size.page, column);
    default:
      return null;
  }
}
