import { describe, expect, it } from 'vitest';
import { moveCell } from './moveCell.ts';

const size = { rows: 10, columns: 5, page: 4 };

describe('a key in the grid', () => {
  it('moves to the neighbour and stops at the edge', () => {
    expect(moveCell({ row: 0, column: 0 }, 'ArrowUp', false, size)).toEqual({ row: 0, column: 0 });
    expect(moveCell({ row: 9, column: 4 }, 'ArrowRight', false, size)).toEqual({ row: 9, column: 4 });
    expect(moveCell({ row: 3, column: 2 }, 'ArrowDown', false, size)).toEqual({ row: 4, column: 2 });
    expect(moveCell({ row: 3, column: 2 }, 'PageDown', false, size)).toEqual({ row: 7, column: 2 });
  });

  it('goes to the ends of the row, and with Control to the corners', () => {
    expect(moveCell({ row: 3, column: 2 }, 'End', false, size)).toEqual({ row: 3, column: 4 });
    expect(moveCell({ row: 3, column: 2 }, 'Home', true, size)).toEqual({ row: 0, column: 0 });
    expect(moveCell({ row: 3, column: 2 }, 'End', true, size)).toEqual({ row: 9, column: 4 });
  });

  it('leaves other keys alone', () => {
    expect(moveCell({ row: 3, column: 2 }, 'a', false, size)).toBeNull();
  });
});
