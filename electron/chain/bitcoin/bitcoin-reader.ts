/** Bitcoin as the services ask for it: account texts are read here, and everything that takes time in a thread. */
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import type { BitcoinReader } from '../../services/readers.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { readBitcoinAccount } from './account-text.ts';
import { parseBabylonUrl, readBabylonNode } from './babylon-node.ts';
import { readBitcoinInThread } from './bitcoin-thread.ts';
import { compareBabylon } from './compare-babylon.ts';
import { connectServer } from './connect-server.ts';
import { followServer } from './follow-server.ts';
import { loadBabylonData, parseBabylonData, type BabylonData } from './load-babylon-data.ts';
import { parseServerUrl } from './server-url.ts';

interface ReaderOptions {
  readonly assetsDir: string;
  readonly workerUrl: URL;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export function createBitcoinReader({ assetsDir, workerUrl, now }: ReaderOptions): BitcoinReader {
  /** Babylon runs beside Bitcoin's main chain; elsewhere only what the user brings is known. */
  function findBabylon(network: BitcoinNetwork, file: string | null): BabylonData | null {
    if (file !== null) return parseBabylonData(file, network);
    return network === 'mainnet' ? loadBabylonData(assetsDir) : null;
  }

  return {
    readAccount: readBitcoinAccount,
    describeBabylon(network, file) {
      const data = findBabylon(network, file);
      return (
        data && {
          asOf: data.asOf,
          source: data.parameters.source,
          versions: data.parameters.versions.length,
          finalityProviders: data.finalityProviders.keys.length,
          isBundled: file === null,
        }
      );
    },
    async readBabylonNode({ network, ...node }, file, { onCertificate }) {
      const known = findBabylon(network, file);
      if (known === null) {
        throw new AppError('bad-babylon-file', `Nothing is known yet of Babylon on Bitcoin ${network}.`, {
          help: 'Import a file of its parameters first: a node does not tell all that is in it (docs/bitcoin.md).',
        });
      }
      const text = await readBabylonNode({ ...node, network, known, now, onCertificate });
      return { text, changes: compareBabylon(known, parseBabylonData(text, network)) };
    },
    parseBabylonNode: parseBabylonUrl,
    parseServer: parseServerUrl,
    async probe(ref) {
      const server = await connectServer({ ...ref, onCertificate: () => undefined });
      try {
        const { kind, endpoint } = server;
        const { height } = await server.getTip();
        return { kind, endpoint, network: ref.network, height };
      } finally {
        server.close();
      }
    },
    follow: (server, read, { onCertificate, ...hooks }) =>
      followServer({ ...server, onCertificate }, read, hooks),
    async read({ accounts, babylonFile, network, ...request }, { signal, onProgress, onCertificate }) {
      const answer = await readBitcoinInThread(
        workerUrl,
        {
          ...request,
          network,
          babylon: findBabylon(network, babylonFile),
          accounts: accounts.map(({ account, kept }) => ({
            id: account.id,
            descriptors: readBitcoinAccount(account.text, network).descriptors,
            gapLimit: account.gapLimit,
            kept,
          })),
        },
        {
          signal,
          onCertificate,
          onProgress: (progress, step) => onProgress(progress, `bitcoin.${step}`),
        },
      );
      return {
        observation: { ...answer.observation, readAt: now() },
        wallets: answer.wallets,
        headers: answer.headers,
      };
    },
  };
}
