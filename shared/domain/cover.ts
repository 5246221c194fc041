/** First-loss cover: a pool that pays a part of what positions lose. */
import { z } from 'zod';
import { evmAddressSchema } from './address.ts';
import { weiSchema } from './units.ts';

const idSchema = z.string().max(200);

/**
 * What the pool itself stands on. A fault there takes the same share of the pool before it pays anything: wrong-way
 * risk. `strategy` null: the operator's strategy that loses the largest share.
 */
const hangsOnSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('operator'),
    operator: evmAddressSchema,
    strategy: evmAddressSchema.nullable(),
  }),
  z.object({ kind: z.literal('dependency'), dependency: idSchema }),
]);

/** Pays min(cap, max(0, loss - deductible)) to the positions it covers, in proportion to what each lost. */
export const coverSchema = z.object({
  name: z.string().min(1).max(120),
  /** Positions covered by id, and every position of these instruments. At least one of the two lists is not empty. */
  positionIds: z.array(idSchema).max(1000),
  instruments: z.array(idSchema).max(64),
  /** The most it pays, for all it covers together. */
  capWei: weiSchema,
  /** What those covered bear before it pays anything. */
  deductibleWei: weiSchema,
  /**
   * Book value of everything the pool covers, other holders' too; they are taken to lose the same share. Null: it covers
   * nothing but these positions.
   */
  pooledWei: weiSchema.nullable(),
  hangsOn: hangsOnSchema.nullable(),
});
export type Cover = z.infer<typeof coverSchema>;

export const coverResultSchema = z.object({
  cover: coverSchema,
  /** What was left of the cap after the faults it hangs on itself. */
  capLeftWei: weiSchema,
  /** Realised loss of the positions covered, less what earlier covers paid. */
  lossWei: weiSchema,
  paidWei: weiSchema,
  /** Sums to `paidWei`. */
  payments: z.array(z.object({ positionId: z.string(), paidWei: weiSchema })),
});
export type CoverResult = z.infer<typeof coverResultSchema>;
