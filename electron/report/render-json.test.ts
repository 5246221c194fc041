import { expect, it } from 'vitest';
import { renderReportJson, stringifyForPeople } from './render-json.ts';
import { makeSampleReport } from './testing/sample-report.ts';

it('writes amounts as decimal strings, so that no digit is lost on the way through a number', () => {
  const report = makeSampleReport();
  // as: a parsed file has no type; the shape is what the test is about
  const model = JSON.parse(new TextDecoder().decode(renderReportJson(report))) as {
    schema: string;
    totals: { bookEth: { value: string; unit: { decimals: number } } };
  };
  expect(model.schema).toBe('ballast-report/1');
  expect(model.totals.bookEth.value).toBe(report.totals.bookEth.value?.toString());
  expect(model.totals.bookEth.unit.decimals).toBe(18);
});

it('writes what is not known as null, never as zero', () => {
  const text = stringifyForPeople({ value: null, reason: { code: 'no-price' } });
  expect(JSON.parse(text)).toEqual({ value: null, reason: { code: 'no-price' } });
});

it('gives the same bytes for the same report', () => {
  expect(renderReportJson(makeSampleReport())).toEqual(renderReportJson(makeSampleReport()));
});
