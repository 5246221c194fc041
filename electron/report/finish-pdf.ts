/**
 * Finishes a PDF a browser printed: names it, dates it from the report instead of the clock (so that the same report
 * gives the same bytes), and attaches the model as JSON, so that a figure on paper can be checked by a program.
 */
import { AFRelationship, PDFDocument } from 'pdf-lib';
import type { Report } from '../../shared/domain/report.ts';
import { renderReportJson } from './render-json.ts';

/** Takes the browser's bytes; returns those to hand out. Keeps tags and outline. */
export async function finishPdf(printed: Uint8Array, report: Report): Promise<Uint8Array> {
  const document = await PDFDocument.load(printed, { updateMetadata: false });
  const date = new Date(report.generatedAt);
  document.setTitle(`${report.portfolio.name} – Ballast report`, { showInWindowTitleBar: true });
  document.setAuthor('Ballast');
  document.setCreator(`Ballast ${report.programVersion}`);
  document.setProducer('Chromium and pdf-lib');
  document.setSubject(
    report.portfolio.kind === 'sample' ? 'Invented sample portfolio' : 'Watch-only portfolio',
  );
  document.setLanguage('en');
  document.setCreationDate(date);
  document.setModificationDate(date);
  await document.attach(renderReportJson(report), 'ballast-report.json', {
    mimeType: 'application/json',
    description: 'Every figure of this report, with its sources',
    creationDate: date,
    modificationDate: date,
    afRelationship: AFRelationship.Data,
  });
  // Object streams hide the structure from simple readers and save little here.
  return document.save({ useObjectStreams: false });
}
