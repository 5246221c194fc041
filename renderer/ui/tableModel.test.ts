import { describe, expect, it } from 'vitest';
import { compareValues, groupRows, toTsv, type TableColumn } from './tableModel.ts';

interface Row {
  readonly name: string;
  readonly amount: bigint | null;
}

const columns: readonly TableColumn<Row>[] = [
  { id: 'name', header: 'Name', cell: (row) => row.name, sortValue: (row) => row.name },
  { id: 'amount', header: 'Amount', cell: () => null, sortValue: (row) => row.amount },
  { id: 'menu', header: '', cell: () => null },
];

describe('a table copied as text', () => {
  it('has heads and rows, exact numbers, nothing for what is not known, and no column without text', () => {
    const rows = [
      { name: 'weETH', amount: 12408132440981230001n },
      { name: 'rsETH', amount: null },
    ];
    expect(toTsv(columns, rows)).toBe('Name\tAmount\nweETH\t12408132440981230001\nrsETH\t');
  });

  it('starts no formula in a spreadsheet and breaks no line', () => {
    const rows = [
      { name: '=HYPERLINK("x")', amount: -5n },
      { name: 'a\tb\nc', amount: 1n },
    ];
    expect(toTsv(columns, rows)).toBe('Name\tAmount\n\'=HYPERLINK("x")\t-5\na b c\t1');
  });
});

describe('sorting', () => {
  it('compares large integers exactly and text with numbers in it as people count', () => {
    expect(compareValues(10n ** 30n, 10n ** 30n + 1n)).toBe(-1);
    expect(compareValues('Operator 9', 'Operator 10')).toBeLessThan(0);
  });
});

describe('grouping', () => {
  it('keeps the order of the rows', () => {
    const groups = groupRows(['b1', 'a1', 'b2'], (item) => item.charAt(0));
    expect(groups).toEqual([
      { key: 'b', items: ['b1', 'b2'] },
      { key: 'a', items: ['a1'] },
    ]);
  });
});
