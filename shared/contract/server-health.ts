/** How the servers of a network served lately: of Ethereum's nodes, or of Bitcoin's servers, in the order they are tried. */
import { z } from 'zod';
import { SERVER_LISTS } from './settings.ts';

export const serverHealthQuestionSchema = z
  .object({ list: z.enum(SERVER_LISTS), networkId: z.string().min(1).max(100) })
  .strict();

const serverHealthSchema = z.discriminatedUnion('kind', [
  /** Not asked since the program began. */
  z.object({ kind: z.literal('unasked') }),
  /** Unix milliseconds of the last reading it served. */
  z.object({ kind: z.literal('served'), at: z.number() }),
  /** What was wrong the last time; until `restsUntil` it is asked after the others only. */
  z.object({ kind: z.literal('failed'), at: z.number(), message: z.string(), restsUntil: z.number() }),
]);
export type ServerHealth = z.infer<typeof serverHealthSchema>;
/** One for each of the saved URLs. */
export const serverHealthListSchema = z.array(serverHealthSchema);
