/** A printed report against the model it was printed from. */
import { expect } from '@playwright/test';
import { ETH_UNIT } from '../../shared/domain/figure.ts';
import { writeBare, type JsonReport, type PdfReport } from './report-files.ts';
import { t } from './text.ts';

const SECTIONS = ['holdings', 'exposure', 'scenario', 'method', 'sources', 'notices', 'disclaimer'] as const;

/** Every figure of the holdings and of the scenario, every source, the outline and the page numbers. */
export function expectWholeReport(pdf: PdfReport, model: JsonReport): void {
  for (const position of model.positions) {
    const { accountLabel, instrument, state, amount, rate, bookEth, bookUsd, values } = position;
    const row = [accountLabel, instrument.symbol, t(`figure.state.${state}`)];
    for (const cells of [
      [amount, rate, bookEth, bookUsd],
      [bookEth, values.marketEth, values.redeemableEth, values.afterSlashEth],
    ]) {
      // A reason stands where a figure is not known, broken into lines of its own.
      const unknown = cells.findIndex(({ value }) => value === null);
      const figures = cells.slice(0, unknown < 0 ? cells.length : unknown).map(writeBare);
      expect(pdf.text).toContain([...row, ...figures].join(' '));
    }
  }
  const total = model.positions.some(({ bookEth }) => bookEth.value === null) ? 'totalKnown' : 'total';
  expect(pdf.text).toContain(
    `${t(`reports.paper.holdings.${total}`)} ${writeBare(model.totals.bookEth)} ${writeBare(model.totals.bookUsd)}`,
  );
  for (const { beforeWei, afterWei, lossWei } of model.run?.result.positions ?? []) {
    const figures = [beforeWei, afterWei, lossWei].map((value) => writeBare({ value, unit: ETH_UNIT }));
    expect(pdf.text).toContain(figures.join(' '));
  }
  // Calls are broken wherever the column ends.
  const dense = pdf.text.replaceAll(' ', '');
  for (const { source } of model.sources) {
    if (source.call !== undefined) expect(dense).toContain(source.call.replaceAll(' ', ''));
  }
  const sections = SECTIONS.filter((id) => id !== 'scenario' || model.run !== null);
  expect(pdf.outline).toEqual(expect.arrayContaining(sections.map((id) => t(`reports.paper.${id}.title`))));
  for (const [index, page] of pdf.pages.entries()) {
    expect(page).toContain(`${index + 1} / ${pdf.pages.length}`);
  }
}
