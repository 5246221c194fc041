/** Network files: the bundled ones, and those a user imports. One loader of the few that touch the disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import type { NetworkSummary } from '../../shared/contract/methods.ts';
import { CONTRACT_NAMES, bitcoinNetworkOf, type Network } from '../../shared/domain/network.ts';
import { readNetworkFile } from '../../shared/domain/network-file.ts';

export interface BundledNetwork {
  /** The file's name without `.json`; ETHEREUM_NETWORK_ID for mainnet. */
  readonly id: string;
  readonly network: Network;
}

/** Reads `<assetsDir>/networks/*.json`, ordered by id. @throws AppError bad-network-file, naming the file */
export function loadBundledNetworks(assetsDir: string): readonly BundledNetwork[] {
  const folder = join(assetsDir, 'networks');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      id: file.slice(0, -'.json'.length),
      network: parseNetworkFile(readFileSync(join(folder, file), 'utf8'), file),
    }));
}

/**
 * Reads the text of a network file.
 * @param fileName how the file is called in an error
 * @throws AppError bad-network-file; its detail names each field at fault and what is wrong with it
 */
export function parseNetworkFile(text: string, fileName = 'The network file'): Network {
  const read = readNetworkFile(text);
  if (read.ok) return read.network;
  const problems = read.problems.map(({ field, problem }) =>
    field === '' ? problem : `${field}: ${problem}`,
  );
  throw new AppError('bad-network-file', `${fileName} cannot be used: ${problems[0] ?? 'unknown problem'}.`, {
    detail: problems.join('\n'),
    help: 'Correct the field that is named and try again.',
  });
}

/**
 * The id of an imported network. The chain id at its end keeps it apart from every bundled one. Two files for one
 * chain whose names differ by punctuation only are the same network: the later replaces the earlier.
 */
export function networkIdOf(network: Network): string {
  const words = network.name
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ['network'];
  return `${words.join('-')}-${network.chainId}`;
}

/** What the settings page shows of a network: its contracts in the order of CONTRACT_NAMES. */
export function summarizeNetwork(network: Network, id: string, isBundled: boolean): NetworkSummary {
  const contracts = CONTRACT_NAMES.flatMap((name) => {
    const entry = network.contracts[name];
    return entry === undefined ? [] : [{ name, address: entry.address, certainty: entry.certainty }];
  });
  return {
    id,
    name: network.name,
    chainId: network.chainId,
    isBundled,
    bitcoin: bitcoinNetworkOf(network),
    contracts,
  };
}
