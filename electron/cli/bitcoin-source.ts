/** Bitcoin accounts given on the command line, and the servers they are read from. */
import type { Client } from '../../shared/contract/bridge.ts';
import { BITCOIN_NETWORKS, gapLimitSchema, MOST_GAP_LIMIT } from '../../shared/domain/bitcoin.ts';
import { looksLikeBitcoinAccount } from '../../shared/domain/bitcoin-text.ts';
import { UsageError } from './exit-codes.ts';
import { readBabylonFile } from './read-named-file.ts';

export interface BitcoinSourceOptions {
  readonly xpub?: readonly string[] | undefined;
  readonly descriptor?: readonly string[] | undefined;
  readonly electrum?: readonly string[] | undefined;
  readonly esplora?: readonly string[] | undefined;
  readonly socks?: string | undefined;
  readonly gapLimit?: string | undefined;
  readonly babylon?: string | undefined;
  readonly bitcoin?: string | undefined;
}

interface AllOptions extends BitcoinSourceOptions {
  readonly address?: readonly string[] | undefined;
}

/** By their form alone; what is wrong in them is said when they are added. */
export function splitAddresses({ address = [] }: AllOptions): {
  readonly ethereum: readonly string[];
  readonly bitcoin: readonly string[];
} {
  const isBitcoin = (text: string): boolean => looksLikeBitcoinAccount(text) !== null;
  return {
    ethereum: address.filter((text) => !isBitcoin(text)),
    bitcoin: address.filter(isBitcoin),
  };
}

export function listBitcoinAccounts(options: AllOptions): readonly string[] {
  return [...splitAddresses(options).bitcoin, ...(options.xpub ?? []), ...(options.descriptor ?? [])];
}

function listBitcoinServers({ electrum = [], esplora = [] }: BitcoinSourceOptions): readonly string[] {
  // `host:port` without a scheme is Electrum's plain form.
  const written = electrum.map((text) =>
    text.includes('://') || /:[st]$/u.test(text) ? text : `tcp://${text}`,
  );
  return [...written, ...esplora];
}

/** @throws UsageError */
export function checkBitcoinSource(options: AllOptions): void {
  const accounts = listBitcoinAccounts(options);
  const servers = listBitcoinServers(options);
  if (accounts.length > 0 && servers.length === 0) {
    throw new UsageError(
      'Bitcoin accounts need --electrum host:port or --esplora URL: Ballast asks no server that you did not name.',
    );
  }
  const extras = ['electrum', 'esplora', 'socks', 'gapLimit', 'babylon', 'bitcoin'] as const;
  const stray = extras.find((key) => options[key] !== undefined);
  if (accounts.length === 0 && stray !== undefined) {
    const name = stray.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${name} goes with a Bitcoin account: --xpub, --descriptor or --address bc1….`);
  }
  readGapLimit(options);
  if (options.bitcoin !== undefined && !BITCOIN_NETWORKS.some((network) => network === options.bitcoin)) {
    throw new UsageError(`--bitcoin takes ${BITCOIN_NETWORKS.join(', ')}.`);
  }
}

function readGapLimit({ gapLimit }: BitcoinSourceOptions): number | undefined {
  if (gapLimit === undefined) return undefined;
  const read = gapLimitSchema.safeParse(/^\d+$/u.test(gapLimit) ? Number(gapLimit) : null);
  if (read.success) return read.data;
  throw new UsageError(`--gap-limit takes a whole number from 1 to ${MOST_GAP_LIMIT}.`);
}

/** A network file for a chain of tests, where none was given. */
export function writeTestNetwork(bitcoin: string): string {
  return JSON.stringify({
    schema: 'ballast-network/1',
    name: `Bitcoin ${bitcoin}`,
    // Of no Ethereum network; nothing is read there.
    chainId: Number.MAX_SAFE_INTEGER,
    contracts: {},
    bitcoin,
  });
}

/** Servers, proxy and parameters, and every account. */
export async function addBitcoinAccounts(
  client: Client,
  options: AllOptions,
  { networkId, portfolioId }: { readonly networkId: string; readonly portfolioId: string },
): Promise<void> {
  const accounts = listBitcoinAccounts(options);
  if (accounts.length === 0) return;
  await client.call('settings.update', {
    bitcoinServers: { [networkId]: [...listBitcoinServers(options)] },
    bitcoinProxy: options.socks ?? null,
  });
  if (options.babylon !== undefined) {
    await client.call('babylon.import', { networkId, text: readBabylonFile(options.babylon) });
  }
  const gapLimit = readGapLimit(options);
  for (const address of accounts) {
    const search = gapLimit === undefined ? {} : { gapLimit };
    await client.call('accounts.add', { portfolioId, address, label: '', ...search });
  }
}
