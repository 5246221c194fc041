import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { getDocumentProxy } from 'unpdf';
import { beforeAll, expect, it } from 'vitest';
import { findBrowser } from '../hosts/find-browser.ts';
import { finishPdf } from './finish-pdf.ts';
import { renderReportJson } from './render-json.ts';
import { makeSampleReport } from './testing/sample-report.ts';

const report = makeSampleReport();

/** A small page, printed as the report is: tagged, with an outline. */
async function print(): Promise<Uint8Array> {
  const found = findBrowser(process.env, process.platform, existsSync);
  if (found === null) throw new Error('no browser to print with');
  const args = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'];
  const browser = await chromium.launch({ executablePath: found.path, args });
  try {
    const page = await browser.newPage();
    await page.setContent('<html lang="en"><h1>Cover</h1><h2>Holdings</h2><p>12.4081 ETH</p></html>');
    return await page.pdf({ tagged: true, outline: true });
  } finally {
    await browser.close();
  }
}

let printed: Uint8Array;
beforeAll(async () => {
  printed = await print();
});

it('keeps the tags and the outline the browser wrote', async () => {
  const pdf = await getDocumentProxy(await finishPdf(printed, report));
  expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
  expect(await pdf.getOutline()).toMatchObject([{ title: 'Cover', items: [{ title: 'Holdings' }] }]);
  const page = await pdf.getPage(1);
  expect(JSON.stringify(await page.getStructTree())).toContain('"H1"');
});

it('attaches the model, byte for byte', async () => {
  const pdf = await getDocumentProxy(await finishPdf(printed, report));
  const attachments = new Map<string, { filename: string }>(await pdf.getAttachments());
  expect([...attachments.keys()]).toEqual(['ballast-report.json']);
  const content = await pdf.getAttachmentContent('ballast-report.json');
  expect(new Uint8Array(content ?? [])).toEqual(renderReportJson(report));
});

it('dates the file from the report, not from the clock', async () => {
  const pdf = await getDocumentProxy(await finishPdf(printed, report));
  const { info } = await pdf.getMetadata();
  expect(info).toMatchObject({
    Title: 'Sample portfolio – Ballast report',
    Subject: 'Invented sample portfolio',
    CreationDate: 'D:20261101020000Z',
    ModDate: 'D:20261101020000Z',
  });
});

it('gives the same bytes for the same report and the same printed bytes', async () => {
  expect(await finishPdf(printed, report)).toEqual(await finishPdf(printed, report));
});

it('gives the same bytes for two prints of the same page', async () => {
  expect(await finishPdf(await print(), report)).toEqual(await finishPdf(printed, report));
});
