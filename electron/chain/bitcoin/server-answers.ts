/** The forms of answers: of Electrum servers (protocol 1.4), and of Esplora ones where they have the same. */
import { z } from 'zod';
import { HEADER_BYTES } from './block-header.ts';
import { MOST_SIBLINGS } from './merkle.ts';

/** At ten minutes a block that is in the year 2199. */
const MOST_HEIGHT = 10_000_000;
/** More entries than this in the history of one script are no holding, and would fill the memory. */
export const MOST_HISTORY = 200_000;
/** More digits than a block has. */
const MOST_DIGITS = 8_000_000;

export const heightSchema = z.number().int().min(0).max(MOST_HEIGHT);
export const hashSchema = z
  .string()
  .regex(/^[\da-f]{64}$/iu)
  .transform((text) => text.toLowerCase());

/** Hex digits as bytes. `length` in bytes. */
function bytesSchema(length?: number): z.ZodType<Uint8Array> {
  return z.string().transform((text, context) => {
    const bytes = text.length <= MOST_DIGITS ? Buffer.from(text, 'hex') : Buffer.alloc(0);
    // Node reads up to the first thing that is no pair of digits.
    const isWhole = bytes.length > 0 && bytes.length * 2 === text.length;
    if (!isWhole || (length !== undefined && bytes.length !== length)) {
      context.addIssue('not as many hex digits as it should have');
    }
    return bytes;
  });
}

/** Software, and the version of the protocol that was agreed on. */
export const versionSchema = z.tuple([z.string(), z.string().regex(/^1\.4(?:\.\d{1,3})?$/u)]);
export const featuresSchema = z.object({ genesis_hash: hashSchema });
export const headerSchema = bytesSchema(HEADER_BYTES);
export const transactionSchema = bytesSchema();
export const tipSchema = z
  .object({ height: heightSchema, hex: headerSchema })
  .transform(({ height, hex }) => ({ height, header: hex }));
export const statusSchema = hashSchema.nullable();

export const headersSchema = z.object({
  count: z.number().int().min(0).max(MOST_HEIGHT),
  hex: z.string().max(MOST_DIGITS),
  /** What the server gives at once. */
  max: z.number().int().min(1).max(MOST_HEIGHT),
});

export const proofSchema = z
  .object({
    block_height: heightSchema,
    merkle: z.array(hashSchema).max(MOST_SIBLINGS),
    pos: z
      .number()
      .int()
      .min(0)
      .max(2 ** MOST_SIBLINGS - 1),
  })
  .transform(({ block_height, merkle, pos }) => ({ height: block_height, position: pos, siblings: merkle }));

/** 0 where no block holds it, -1 where it also spends what no block holds. */
const historyHeightSchema = z.number().int().min(-1).max(MOST_HEIGHT);
export const historySchema = z
  .array(z.unknown())
  .max(MOST_HISTORY, 'too many transactions')
  .pipe(z.array(z.object({ tx_hash: hashSchema, height: historyHeightSchema })))
  .transform((entries) => entries.map(({ tx_hash, height }) => ({ txid: tx_hash, height })))
  .refine((entries) => isWithoutRepeat(entries), 'a transaction twice');

export const tipNoteSchema = z.tuple([tipSchema]);
export const statusNoteSchema = z.tuple([hashSchema, statusSchema]);

export function isWithoutRepeat(entries: readonly { readonly txid: string }[]): boolean {
  return new Set(entries.map(({ txid }) => txid)).size === entries.length;
}
