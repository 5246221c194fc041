import { describe, expect, it } from 'vitest';
import { makeTableFile } from './exportTable.ts';
import { makeFact, makeObservation, makeProtocol } from './testing/makeCatalog.ts';
import { makeRows } from './testing/makeRows.ts';

describe('the table as a file', () => {
  it('carries status and date beside each fact, a score only with its range, and leaves unknown cells empty', () => {
    const protocol = makeProtocol({
      facts: {
        exitDays: makeFact({
          figure: { low: 7, high: 15, unit: 'days' },
          status: 'disputed',
          asOf: '2025-08',
        }),
      },
    });
    const scores = new Map([['made-up', { low: 31.2, mid: 50, high: 70.6 }]]);
    const file = makeTableFile(makeRows([protocol], [], { scores }), ['score', 'kind', 'exitDays', 'audits']);
    expect(file.columns).toEqual([
      'protocol',
      'products',
      'held',
      'score_low',
      'score_high',
      'kind',
      'exit_days',
      'exit_days_status',
      'exit_days_date',
      'audits',
      'audits_status',
      'audits_date',
    ]);
    expect(file.rows).toEqual([
      [
        'Made up',
        'madETH',
        '',
        '31',
        '71',
        'Liquid restaking',
        '7 – 15 days',
        'disputed',
        '2025-08',
        '',
        '',
        '',
      ],
    ]);
  });

  it('says beside a yield whether it is after the fee, and how it was measured', () => {
    const rows = makeRows([makeProtocol()], [makeObservation({ label: 'over 7 days' })]);
    const file = makeTableFile(rows, ['yield']);
    expect(file.columns.slice(-2)).toEqual(['yield_fee', 'yield_measured']);
    expect(file.rows[0]?.slice(-2)).toEqual(['after', 'over 7 days']);
  });
});
