/** Which portfolio a command works on: the sample, addresses read from a node now, or a kept portfolio. */
import { readFile } from 'node:fs/promises';
import type { Client } from '../../shared/contract/bridge.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { SAMPLE_PORTFOLIO_ID } from '../../shared/domain/account.ts';
import { ETHEREUM_NETWORK_ID } from '../../shared/domain/network.ts';
import { CHAIN_MISMATCH } from '../../shared/domain/observation.ts';
import { parseDecimal } from '../../shared/format/numbers.ts';
import {
  addBitcoinAccounts,
  checkBitcoinSource,
  listBitcoinAccounts,
  splitAddresses,
  writeTestNetwork,
  type BitcoinSourceOptions,
} from './bitcoin-source.ts';
import { UnreadableFileError, UsageError } from './exit-codes.ts';
import { waitForJob } from './local-client.ts';
import type { Terminal } from './terminal.ts';

export interface SourceOptions extends BitcoinSourceOptions {
  readonly sample?: boolean | undefined;
  readonly address?: readonly string[] | undefined;
  readonly rpc?: readonly string[] | undefined;
  readonly btcUsd?: string | undefined;
  readonly network?: string | undefined;
  readonly portfolio?: string | undefined;
  readonly ethUsd?: string | undefined;
  readonly dataDir?: string | undefined;
}

/**
 * Only a kept portfolio needs the data folder. Everything else runs on a store in memory, so that asking about an
 * address leaves nothing behind.
 */
export function needsDataFolder(options: SourceOptions): boolean {
  return options.portfolio !== undefined;
}

/** Refuses combinations that contradict each other, before anything is opened. */
export function checkSource(options: SourceOptions): void {
  const chosen = [
    options.sample === true,
    (options.address?.length ?? 0) + listBitcoinAccounts(options).length > 0,
    options.portfolio !== undefined,
  ];
  const count = chosen.filter(Boolean).length;
  if (count === 0) {
    throw new UsageError(
      'Say what to look at: --sample, --address 0x… --rpc URL, --xpub zpub… --electrum HOST:PORT, or --portfolio NAME.',
    );
  }
  if (count > 1) throw new UsageError('Use one of --sample, accounts and --portfolio, not several.');
  const hasEthereum = splitAddresses(options).ethereum.length > 0;
  if (hasEthereum && options.rpc === undefined) {
    throw new UsageError('--address needs --rpc URL: Ballast asks no node that you did not name.');
  }
  if (!hasEthereum && options.rpc !== undefined) {
    throw new UsageError('--rpc goes with --address and an Ethereum address.');
  }
  if (chosen[1] !== true && options.network !== undefined) {
    throw new UsageError('--network goes with --address.');
  }
  if (options.network !== undefined && options.bitcoin !== undefined) {
    throw new UsageError(
      'The file after --network says which Bitcoin network belongs to it: leave out --bitcoin.',
    );
  }
  checkBitcoinSource(options);
  if (chosen[2] !== true && options.dataDir !== undefined) {
    throw new UsageError('--data-dir goes with --portfolio.');
  }
}

async function importNetworkFile(client: Client, file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new UnreadableFileError('The network file could not be read.', {
      detail: cause instanceof Error ? cause.message : String(cause),
      help: 'Check the path after --network.',
    });
  }
  return (await client.call('networks.import', { text })).id;
}

async function setPrice(client: Client, asset: 'ETH' | 'BTC', text: string): Promise<void> {
  const parsed = parseDecimal(text, 8);
  if (!parsed.ok) {
    throw new AppError('bad-price', `“${text.slice(0, 40)}” is not a price.`, {
      help: `Write dollars per ${asset} with a point, for example --${asset.toLowerCase()}-usd 3120.50.`,
    });
  }
  await client.call('market.setManual', { asset, price: { quote: 'USD', value: parsed.value } });
}

async function importNetwork(client: Client, { network, bitcoin }: SourceOptions): Promise<string> {
  if (network !== undefined) return importNetworkFile(client, network);
  if (bitcoin === undefined || bitcoin === 'mainnet') return ETHEREUM_NETWORK_ID;
  return (await client.call('networks.import', { text: writeTestNetwork(bitcoin) })).id;
}

async function readAddresses(client: Client, options: SourceOptions, terminal: Terminal): Promise<string> {
  const networkId = await importNetwork(client, options);
  await client.call('settings.update', { rpcUrls: { [networkId]: [...(options.rpc ?? [])] } });
  const { id } = await client.call('portfolios.create', { name: 'Command line', networkId });
  for (const address of splitAddresses(options).ethereum) {
    await client.call('accounts.add', { portfolioId: id, address, label: '' });
  }
  await addBitcoinAccounts(client, options, { networkId, portfolioId: id });
  await waitForJob(
    client,
    () => client.call('portfolios.refresh', { portfolioId: id }),
    terminal.signal,
    (job) => {
      terminal.showProgress(job.step, job.progress);
    },
  );
  const { notices } = await client.call('portfolios.view', { portfolioId: id });
  const mismatch = notices.find(
    ({ contract, call }) => contract === CHAIN_MISMATCH.contract && call === CHAIN_MISMATCH.call,
  );
  if (mismatch === undefined) return id;
  // A window shows the notice beside the figures; a script would take what is left for the whole.
  throw new AppError('wrong-chain', 'The contracts of this network are not on the chain of this node.', {
    detail: mismatch.detail,
    help: 'Use a node of this network, or name the contracts of your own deployment with --network.',
  });
}

/** Makes ready the portfolio the options name and returns its id. */
export async function selectPortfolio(
  client: Client,
  options: SourceOptions,
  terminal: Terminal,
): Promise<string> {
  if (options.ethUsd !== undefined) await setPrice(client, 'ETH', options.ethUsd);
  if (options.btcUsd !== undefined) await setPrice(client, 'BTC', options.btcUsd);
  if (options.sample === true) return SAMPLE_PORTFOLIO_ID;
  if (options.portfolio === undefined) return readAddresses(client, options, terminal);
  const portfolios = await client.call('portfolios.list', {});
  const byId = portfolios.find(({ id }) => id === options.portfolio);
  if (byId) return byId.id;
  const found = portfolios.filter(({ name }) => name === options.portfolio);
  if (found.length === 1 && found[0]) return found[0].id;
  const listed = found.length === 0 ? portfolios : found;
  const names = listed.map(({ id, name }) => `“${name}” (id ${id})`).join(', ');
  throw new AppError(
    'not-found',
    found.length === 0
      ? `There is no portfolio “${options.portfolio}”.`
      : `Several portfolios are called “${options.portfolio}”.`,
    { help: `There are: ${names}. --portfolio takes a name or an id.` },
  );
}
