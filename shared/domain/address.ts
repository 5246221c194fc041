/** Ethereum addresses: EIP-55 checked, branded, and compared in one form only. */
import { getAddress } from 'viem/utils';
import { z } from 'zod';

declare const brand: unique symbol;

/** An EIP-55 checksummed address. Made only by {@link parseEvmAddress} or {@link toEvmAddress}. */
export type EvmAddress = `0x${string}` & { readonly [brand]: 'evm-address' };

export const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000' as EvmAddress;

/** EigenLayer's pseudo strategy for native ETH; it is not a contract (IDelegationManager.beaconChainETHStrategy). */
export const BEACON_CHAIN_STRATEGY = '0xbeaC0eeEeeeeEEeEeEEEEeeEEeEeeeEeeEEBEaC0' as EvmAddress;

export type AddressProblem = 'empty' | 'not-hex' | 'wrong-length' | 'bad-checksum';

export type ParsedAddress =
  | { readonly ok: true; readonly address: EvmAddress }
  | { readonly ok: false; readonly problem: AddressProblem };

/**
 * Reads an address a person typed. All-lowercase and all-uppercase forms carry no checksum and are accepted; a mixed
 * one must match EIP-55, so that a typing error is caught.
 */
export function parseEvmAddress(text: string): ParsedAddress {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: 'empty' };
  if (!/^0x[0-9a-f]*$/iu.test(trimmed)) return { ok: false, problem: 'not-hex' };
  if (trimmed.length !== 42) return { ok: false, problem: 'wrong-length' };
  const digits = trimmed.slice(2);
  const checksummed = getAddress(`0x${digits.toLowerCase()}`);
  const hasNoCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  if (!hasNoCase && checksummed.slice(2) !== digits) return { ok: false, problem: 'bad-checksum' };
  return { ok: true, address: checksummed as EvmAddress };
}

/** For addresses that come from a node or a checked file. Throws on anything that is not one. */
export function toEvmAddress(text: string): EvmAddress {
  const parsed = parseEvmAddress(text);
  if (!parsed.ok) throw new Error(`not an Ethereum address (${parsed.problem}): ${text.slice(0, 60)}`);
  return parsed.address;
}

/** Accepts any valid spelling and yields the checksummed one. */
export const evmAddressSchema = z.string().transform((text, context): EvmAddress => {
  const parsed = parseEvmAddress(text);
  if (parsed.ok) return parsed.address;
  context.addIssue({ code: 'custom', message: `not an Ethereum address: ${parsed.problem}` });
  return z.NEVER;
});

/** 0x1234…abcd: for a narrow column; the full form is always one hover or copy away. */
export function shortenAddress(address: string): string {
  return address.length > 12 ? `${address.slice(0, 6)}…${address.slice(-4)}` : address;
}
