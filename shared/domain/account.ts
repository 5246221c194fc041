/** What is watched: portfolios and the accounts in them. Public data only; nothing here can sign. */
import { z } from 'zod';
import { evmAddressSchema, type EvmAddress } from './address.ts';
import { BITCOIN_ACCOUNT_FORMS, gapLimitSchema } from './bitcoin.ts';

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

export const evmWatchSchema = z.object({
  kind: z.literal('evm'),
  address: evmAddressSchema,
  label: z.string(),
  /** The name it was entered by, resolved at `createdAt`; null where an address was typed. */
  ensName: z.string().nullable(),
});

export const bitcoinWatchSchema = z.object({
  kind: z.literal('bitcoin'),
  form: z.enum(BITCOIN_ACCOUNT_FORMS),
  /** An address, an extended public key or a descriptor. Only hashes of scripts that follow from it leave the machine. */
  text: z.string(),
  label: z.string(),
  /** Unused addresses in a row after which the search along a chain ends. */
  gapLimit: gapLimitSchema,
});

export type EvmWatch = z.infer<typeof evmWatchSchema>;
export type BitcoinWatch = z.infer<typeof bitcoinWatchSchema>;

const place = { id: z.string(), portfolioId: z.string(), createdAt: z.number() };
export const evmAccountSchema = evmWatchSchema.extend(place);
const bitcoinAccountSchema = bitcoinWatchSchema.extend(place);
export type EvmAccount = z.infer<typeof evmAccountSchema>;
export type BitcoinAccount = z.infer<typeof bitcoinAccountSchema>;

export const accountSchema = z.discriminatedUnion('kind', [evmAccountSchema, bitcoinAccountSchema]);
export type Account = z.infer<typeof accountSchema>;

export function listEvmAddresses(accounts: readonly Account[]): EvmAddress[] {
  return accounts.flatMap((account) => (account.kind === 'evm' ? [account.address] : []));
}

/** What is watched, in full. */
export function watchedText(account: Account): string {
  return account.kind === 'evm' ? account.address : account.text;
}

export const LABEL_MAX_LENGTH = 80;
