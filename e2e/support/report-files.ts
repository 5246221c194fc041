/** Reads back what the report was saved as, the way somebody would who has only the file. */
import { getDocumentProxy, extractText } from 'unpdf';
import { formatValue } from '../../shared/format/numbers.ts';
import type { Unit } from '../../shared/domain/figure.ts';
import type { ValueKind } from '../../shared/domain/position-values.ts';
import type { POSITION_STATES } from '../../shared/domain/position.ts';

/** A figure as the JSON carries it: a whole number of the smallest unit, as text. docs/json.md has the rest. */
export interface JsonFigure {
  /** Null where it is not known. */
  readonly value: string | null;
  readonly unit: Unit;
}

/** The parts of the JSON model the tests look into. */
export interface JsonReport {
  readonly origin: { readonly block: { readonly number: string } };
  readonly totals: { readonly bookEth: JsonFigure; readonly bookUsd: JsonFigure };
  readonly positions: readonly {
    readonly id: string;
    readonly accountLabel: string;
    readonly instrument: { readonly symbol: string };
    readonly state: (typeof POSITION_STATES)[number];
    readonly amount: JsonFigure;
    readonly rate: JsonFigure;
    readonly bookEth: JsonFigure;
    readonly bookUsd: JsonFigure;
    readonly values: Readonly<Record<ValueKind, JsonFigure>>;
  }[];
  readonly run: {
    readonly result: {
      readonly positions: readonly {
        readonly positionId: string;
        readonly beforeWei: string;
        readonly afterWei: string;
        readonly lossWei: string;
      }[];
    };
  } | null;
  readonly sources: readonly { readonly source: { readonly kind: string; readonly call?: string } }[];
}

/** The model without the moment it was made, which is all two files of the same report may differ in. */
export function readModel(json: Uint8Array | string): JsonReport {
  const text = typeof json === 'string' ? json : new TextDecoder().decode(json);
  // The whole shape has tests of its own; here a missing field shows as a missing figure.
  const { generatedAt, ...model } = JSON.parse(text) as JsonReport & { readonly generatedAt: number };
  if (!Number.isInteger(generatedAt)) throw new Error('the model does not say when it was made');
  return model;
}

/** As the paper prints it, without the unit that stands in the column's head. */
export function writeBare({ value, unit }: JsonFigure): string {
  if (value === null) throw new Error('a figure that is not known');
  return formatValue(BigInt(value), unit, { isBare: true });
}

export interface PdfReport {
  readonly pages: readonly string[];
  /** All pages in one line, so that a line break in a cell does not hide what stands there. */
  readonly text: string;
  readonly outline: readonly string[];
  readonly attachment: Uint8Array;
}

export async function readPdf(bytes: Uint8Array): Promise<PdfReport> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const { text: pages } = await extractText(document, { mergePages: false });
  // The font draws both apostrophes alike, and the reader takes the other one.
  const lines = pages.map((page) => page.replaceAll('ʼ', '’').replaceAll(/\s+/gu, ' '));
  const outline = await document.getOutline();
  const attachment = await document.getAttachmentContent('ballast-report.json');
  if (attachment === null) throw new Error('the PDF carries no model');
  return {
    pages: lines,
    text: lines.join(' '),
    outline: outline.flatMap(({ title, items }) => [
      title,
      ...items.map((item: { title: string }) => item.title),
    ]),
    attachment,
  };
}

/** The cells of a CSV without quoted line breaks, row by row. */
export function readCsv(bytes: Uint8Array): Record<string, string>[] {
  const [head = '', ...lines] = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}
