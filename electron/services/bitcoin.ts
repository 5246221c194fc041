/** Bitcoin accounts of a portfolio: read from the servers the user entered, and from no other. */
import { AppError } from '../../shared/contract/errors.ts';
import type { BabylonReading, BabylonSummary } from '../../shared/contract/babylon.ts';
import type { BitcoinAccount, Portfolio } from '../../shared/domain/account.ts';
import type { BitcoinNetwork, BitcoinObservation } from '../../shared/domain/bitcoin.ts';
import { bitcoinNetworkOf } from '../../shared/domain/network.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import type { FollowTarget } from './bitcoin-follow.ts';
import type { ServerHealth } from '../../shared/contract/server-health.ts';
import { createFailover, type Answer } from './failover.ts';
import type { Networks } from './networks.ts';
import { refuseSecret } from './typed-text.ts';
import type { UndoStack } from './undo.ts';
import type { BitcoinReader, BitcoinReadHooks, BitcoinText } from './readers.ts';

export interface Bitcoin {
  /** @throws AppError secret-refused, bad-address, bad-checksum; bad-address too where the network has no Bitcoin */
  readAccount(networkId: string, typed: string): BitcoinText;
  /** URLs in their order, at least one. @throws AppError no-node, not-found for the network */
  listServers(networkId: string): readonly string[];
  /** How they served lately, in their order. */
  describeHealth(networkId: string): ServerHealth[];
  describeBabylon(networkId: string): BabylonSummary;
  /** @throws AppError bad-babylon-file, secret-refused, not-found for the network */
  importBabylon(networkId: string, text: string): BabylonSummary;
  resetBabylon(networkId: string): BabylonSummary;
  /** Nothing of it is kept. @throws AppError no-node, bad-babylon-file, not-found, wrong-chain, node-* */
  readBabylon(networkId: string): Promise<BabylonReading>;
  /**
   * Reads the accounts, keeps what the next reading builds on, and says what was seen.
   * @throws AppError no-node, not-found, node-*, wrong-chain, certificate-changed, cancelled
   */
  read(
    portfolio: Portfolio,
    accounts: readonly BitcoinAccount[],
    hooks: Omit<BitcoinReadHooks, 'onCertificate'>,
  ): Promise<Answer<BitcoinRead>>;
}

export interface BitcoinRead {
  readonly observation: BitcoinObservation;
  /** What it takes to listen to the server from here on; null for a server that tells nothing unasked. */
  readonly followed: Omit<FollowTarget, 'refresh'> | null;
}

interface Parts {
  readonly store: Store;
  readonly networks: Networks;
  readonly bitcoin: BitcoinReader;
  readonly changes: Changes;
  readonly undo: UndoStack;
  readonly now: () => number;
  /** Aborts when the program ends. */
  readonly signal: AbortSignal;
}

export function createBitcoin({
  store,
  networks,
  bitcoin: reader,
  changes,
  undo,
  now,
  signal,
}: Parts): Bitcoin {
  const failover = createFailover(now);
  const groupOf = (networkId: string): string => `bitcoin ${networkId}`;

  function networkOf(networkId: string): BitcoinNetwork {
    const network = networks.get(networkId);
    const found = bitcoinNetworkOf(network);
    if (found !== null) return found;
    throw new AppError('bad-address', `No Bitcoin network belongs to ${network.name}.`, {
      help: 'Add a line such as "bitcoin": "regtest" to its network file and import it again, or use a portfolio on Ethereum.',
    });
  }

  function listServers(networkId: string): readonly string[] {
    const urls = store.settings.read().bitcoinServers[networkId] ?? [];
    if (urls.length > 0) return urls;
    throw new AppError('no-node', `No Bitcoin server is set for ${networks.get(networkId).name}.`, {
      help: 'Enter an Electrum or Esplora server you trust in the settings. Ballast asks no other host.',
    });
  }

  /** Trusted when first seen, and never replaced without being asked: settings hold it from then on. */
  function pin(url: string, fingerprint: string): void {
    const { serverPins } = store.settings.read();
    store.settings.write({ serverPins: { ...serverPins, [url]: fingerprint } });
    changes.tellSettings();
  }

  function describeBabylon(networkId: string): BabylonSummary {
    const network = bitcoinNetworkOf(networks.get(networkId));
    if (network === null) return { network, data: null };
    return { network, data: reader.describeBabylon(network, store.bitcoin.findBabylonFile(network)) };
  }

  function keepFile(networkId: string, text: string | null): BabylonSummary {
    const network = networkOf(networkId);
    const before = store.bitcoin.findBabylonFile(network);
    const put = (file: string | null): void => {
      store.bitcoin.putBabylonFile(network, file);
      changes.tellSettings();
    };
    put(text);
    undo.push({
      name: { key: text === null ? 'edits.resetBabylon' : 'edits.importBabylon', params: {} },
      undo: () => put(before),
      redo: () => put(text),
    });
    return describeBabylon(networkId);
  }

  return {
    describeBabylon,
    importBabylon(networkId, text) {
      refuseSecret(text, 'hash');
      reader.describeBabylon(networkOf(networkId), text);
      return keepFile(networkId, text);
    },
    resetBabylon: (networkId) => keepFile(networkId, null),
    async readBabylon(networkId) {
      const network = networkOf(networkId);
      const { babylonNodes, bitcoinProxy, serverPins } = store.settings.read();
      const url = babylonNodes[networkId];
      if (url === undefined) {
        throw new AppError('no-node', `No Babylon node is set for ${networks.get(networkId).name}.`, {
          help: 'Enter the address of one you trust in the settings. Ballast asks no other host.',
        });
      }
      return reader.readBabylonNode(
        { network, url, proxy: bitcoinProxy, pinned: serverPins[url] ?? null, signal },
        store.bitcoin.findBabylonFile(network),
        { onCertificate: (fingerprint) => pin(url, fingerprint) },
      );
    },
    readAccount(networkId, typed) {
      const { form, text } = reader.readAccount(typed, networkOf(networkId));
      return { form, text };
    },
    describeHealth(networkId) {
      const urls = store.settings.read().bitcoinServers[networkId] ?? [];
      return failover.describe(
        groupOf(networkId),
        urls.map((url) => reader.parseServer(url).url),
      );
    },
    listServers,
    async read({ id: portfolioId, networkId }, accounts, { signal, onProgress }) {
      const network = networkOf(networkId);
      const candidates = listServers(networkId).map((url) => reader.parseServer(url));
      return failover.ask(groupOf(networkId), candidates, signal, async (url) => {
        const { bitcoinProxy, serverPins } = store.settings.read();
        const reading = await reader.read(
          {
            network,
            url,
            proxy: bitcoinProxy,
            pinned: serverPins[url] ?? null,
            accounts: accounts.map((account) => ({ account, kept: store.bitcoin.findWallet(account.id) })),
            headers: store.bitcoin.listHeaders(network),
            babylonFile: store.bitcoin.findBabylonFile(network),
          },
          { signal, onProgress, onCertificate: (fingerprint) => pin(url, fingerprint) },
        );
        // Cancelled meanwhile, perhaps because the portfolio was removed.
        signal.throwIfAborted();
        store.transact(() => {
          store.bitcoin.putHeaders(network, reading.headers);
          for (const { accountId, wallet } of reading.wallets) store.bitcoin.putWallet(accountId, wallet);
        });
        const { server, tip } = reading.observation;
        const statuses = reading.wallets.flatMap(({ wallet }) =>
          wallet.scripts.map(({ scriptHash, status }) => [scriptHash, status] as const),
        );
        const followed = {
          portfolioId,
          networkId,
          network,
          url,
          accountIds: accounts.map(({ id }) => id),
          read: { tipHash: tip.hash, statuses: new Map(statuses) },
          onCertificate: (fingerprint: string) => pin(url, fingerprint),
        };
        return {
          observation: reading.observation,
          followed: server.kind === 'electrum' ? followed : null,
        };
      });
    },
  };
}
