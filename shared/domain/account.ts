/** What is watched: portfolios and the accounts in them. Public data only; nothing here can sign. */
import { z } from 'zod';
import { evmAddressSchema } from './address.ts';

export const SAMPLE_PORTFOLIO_ID = 'sample';

export const portfolioSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['sample', 'user']),
  /** Which network file its accounts are read on. */
  networkId: z.string(),
  createdAt: z.number(),
});
export type Portfolio = z.infer<typeof portfolioSchema>;

export const accountSchema = z.object({
  id: z.string(),
  portfolioId: z.string(),
  kind: z.literal('evm'),
  address: evmAddressSchema,
  label: z.string(),
  /** The name it was entered by, resolved at `createdAt`; null where an address was typed. */
  ensName: z.string().nullable(),
  createdAt: z.number(),
});
export type Account = z.infer<typeof accountSchema>;

export const LABEL_MAX_LENGTH = 80;
