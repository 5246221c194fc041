/** `ballast babylon refresh`: Babylon's parameters and finality providers from a node, as a file for `--babylon`. */
import { writeFile } from 'node:fs/promises';
import type { BabylonReading } from '../../shared/contract/babylon.ts';
import { BITCOIN_NETWORKS, type BitcoinNetwork } from '../../shared/domain/bitcoin.ts';
import { parseBabylonUrl, readBabylonNode } from '../chain/bitcoin/babylon-node.ts';
import { compareBabylon, isContradicted } from '../chain/bitcoin/compare-babylon.ts';
import { loadBabylonData, parseBabylonData, type BabylonData } from '../chain/bitcoin/load-babylon-data.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { UnreadableFileError, UsageError } from './exit-codes.ts';
import { readBabylonFile } from './read-named-file.ts';
import type { Terminal } from './terminal.ts';

export interface BabylonRefreshOptions {
  readonly node?: string | undefined;
  readonly out?: string | undefined;
  readonly socks?: string | undefined;
  readonly bitcoin?: string | undefined;
  readonly babylon?: string | undefined;
  readonly json?: boolean | undefined;
}

/**
 * Writes the file, and says what is new in it and what contradicts the list before.
 * @throws UsageError, UnreadableFileError, AppError bad-url, bad-babylon-file, wrong-chain, node-*
 */
export async function runBabylonRefresh(
  assetsDir: string,
  options: BabylonRefreshOptions,
  terminal: Terminal,
): Promise<void> {
  const { node, out, socks = null } = options;
  if (node === undefined || out === undefined) {
    throw new UsageError(
      'Say which node is asked with --node URL, and where its list is written with --out file.',
    );
  }
  const network = readNetwork(options.bitcoin);
  const { url } = parseBabylonUrl(node);
  const known = loadKnown(assetsDir, network, options.babylon);
  const text = await readBabylonNode({
    url,
    network,
    known,
    proxy: socks,
    pinned: null,
    signal: terminal.signal,
    now: Date.now,
    // Nothing is kept between two runs, so nothing is compared either.
    onCertificate: () => undefined,
  });
  const changes = compareBabylon(known, parseBabylonData(text, network));
  try {
    await writeFile(out, `${text}\n`);
  } catch (cause) {
    throw new UnreadableFileError('The list could not be written.', {
      detail: cause instanceof Error ? cause.message : String(cause),
      help: 'Check the path after --out.',
    });
  }
  terminal.print(
    options.json === true
      ? stringifyForPeople({ schema: 'ballast-babylon-refresh/1', network, file: out, ...changes }).trimEnd()
      : describe(changes, out, terminal.t).join('\n'),
  );
}

function readNetwork(text = 'mainnet'): BitcoinNetwork {
  const network = BITCOIN_NETWORKS.find((one) => one === text);
  if (network !== undefined) return network;
  throw new UsageError(`--bitcoin is one of ${BITCOIN_NETWORKS.join(', ')}.`);
}

function loadKnown(assetsDir: string, network: BitcoinNetwork, file: string | undefined): BabylonData {
  if (file !== undefined) return parseBabylonData(readBabylonFile(file), network);
  if (network === 'mainnet') return loadBabylonData(assetsDir);
  throw new UsageError(
    `Nothing is bundled for ${network}: bring its list so far with --babylon file. A node does not tell all that is in it.`,
  );
}

function describe(changes: BabylonReading['changes'], file: string, t: Terminal['t']): string[] {
  const { newVersions, changedVersions, missingVersions, newProviders, missingProviders } = changes;
  const list = (versions: readonly number[]): string => versions.join(', ');
  return [
    t('cli.babylon.refresh.providers', { count: newProviders }),
    ...(newVersions.length === 0
      ? [t('cli.babylon.refresh.noVersions')]
      : [t('cli.babylon.refresh.versions', { versions: list(newVersions) })]),
    ...(changedVersions.length === 0
      ? []
      : [t('cli.babylon.refresh.changed', { versions: list(changedVersions) })]),
    ...(missingVersions.length === 0
      ? []
      : [t('cli.babylon.refresh.missing', { versions: list(missingVersions) })]),
    ...(missingProviders === 0 ? [] : [t('cli.babylon.refresh.gone', { count: missingProviders })]),
    ...(isContradicted(changes) ? [t('cli.babylon.refresh.doubt')] : []),
    t('cli.wrote', { path: file }),
  ];
}
