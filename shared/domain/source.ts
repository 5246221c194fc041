/** Where a figure came from. Every known figure leads, through its basis, to one or more of these. */
import { z } from 'zod';

export const blockSchema = z.object({
  number: z.bigint(),
  hash: z.string(),
  /** Unix seconds, as the block header says. */
  time: z.number(),
});
export type Block = z.infer<typeof blockSchema>;

export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('chain'),
    chainId: z.number(),
    network: z.string(),
    /** Host and port of the node, never its path or query: they may hold an API key. */
    endpoint: z.string(),
    block: blockSchema,
    contract: z.string(),
    address: z.string(),
    call: z.string(),
    /** Unix milliseconds of the reading. */
    readAt: z.number(),
    /** Unix seconds of which the answer itself says it is, where it is older than the block: the update of a feed. */
    updatedAt: z.number().optional(),
  }),
  /** A Bitcoin server, at the tip it named. `call`: what it was asked, as a person would write it. */
  z.object({
    kind: z.literal('bitcoin'),
    network: z.string(),
    endpoint: z.string(),
    block: blockSchema,
    call: z.string(),
    /** Unix milliseconds of the reading. */
    readAt: z.number(),
  }),
  /** A price kept from before: `provider` as in the market's sources, `at` Unix milliseconds. */
  z.object({
    kind: z.literal('market'),
    provider: z.string(),
    asset: z.string(),
    quote: z.string(),
    at: z.number(),
  }),
  /** `what` is a message key, for example `figure.what.manualEthUsd`. */
  z.object({ kind: z.literal('user'), what: z.string(), enteredAt: z.number() }),
  /** The bundled sample: `contract` and `call` name what a node would have been asked. */
  z.object({ kind: z.literal('sample'), asOf: z.number(), contract: z.string(), call: z.string() }),
  /** True by definition, for example one ETH is worth one ETH. `why` is a message key: `figure.why.eth`. */
  z.object({ kind: z.literal('definition'), why: z.string() }),
]);
export type Source = z.infer<typeof sourceSchema>;

/** Unix milliseconds the source speaks of, or null where it is true at any time. */
export function timeOfSource(source: Source): number | null {
  switch (source.kind) {
    case 'chain':
      return (source.updatedAt ?? source.block.time) * 1000;
    case 'bitcoin':
      return source.block.time * 1000;
    case 'market':
      return source.at;
    case 'user':
      return source.enteredAt;
    case 'sample':
      return source.asOf;
    case 'definition':
      return null;
  }
}
