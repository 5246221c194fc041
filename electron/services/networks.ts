/** Networks: the bundled files, and those the user imported. */
import { AppError } from '../../shared/contract/errors.ts';
import type { NetworkSummary } from '../../shared/contract/methods.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import { refuseSecret } from './typed-text.ts';
import type { UndoStack } from './undo.ts';

/** How network files are read and told apart. */
export interface NetworkFiles {
  readonly bundled: readonly { readonly id: string; readonly network: Network }[];
  /** @throws AppError bad-network-file */
  parse(text: string): Network;
  idOf(network: Network): string;
  summarize(network: Network, id: string, isBundled: boolean): NetworkSummary;
}

export interface Networks {
  /** The bundled ones first. */
  list(): readonly NetworkSummary[];
  /** @throws AppError not-found */
  get(id: string): Network;
  /** Keeps a network file; one of the same id is replaced. @throws AppError bad-network-file, secret-refused */
  importFile(text: string): NetworkSummary;
  /** With the URL of its node. @throws AppError not-found; bad-request where it is bundled or in use */
  remove(id: string): void;
}

interface Parts {
  readonly store: Store;
  readonly files: NetworkFiles;
  readonly changes: Changes;
  readonly undo: UndoStack;
  readonly now: () => number;
}

/** All of a network file that is text of its author's own. */
function listTexts({ name, note, contracts }: Network): readonly string[] {
  return [name, note ?? '', ...Object.values(contracts).map((entry) => entry.source ?? '')];
}

export function createNetworks({ store, files, changes, undo, now }: Parts): Networks {
  function findBundled(id: string): Network | null {
    return files.bundled.find((bundled) => bundled.id === id)?.network ?? null;
  }

  function get(id: string): Network {
    const network = findBundled(id) ?? store.networks.find(id)?.network;
    if (network) return network;
    throw new AppError('not-found', 'This network is not known.', { help: 'Import its network file again.' });
  }

  function refuseInUse(id: string): void {
    const users = store.portfolios.list().filter(({ networkId }) => networkId === id);
    if (users.length === 0) return;
    throw new AppError('bad-request', 'This network is in use.', {
      detail: users.map(({ name }) => `“${name}”`).join(', '),
      help: 'Remove the portfolios that are read on it first.',
    });
  }

  /** A network, its place in the list and its node's URL go together, and come back together. */
  function takeAway(id: string): () => void {
    const { rpcUrls } = store.settings.read();
    const rest = Object.fromEntries(Object.entries(rpcUrls).filter(([networkId]) => networkId !== id));
    const removed = store.transact(() => {
      store.settings.write({ rpcUrls: rest });
      return store.remove('network', id);
    });
    tell();
    return () => {
      store.transact(() => {
        store.putBack(removed);
        store.settings.write({ rpcUrls });
      });
      tell();
    };
  }

  function tell(): void {
    changes.tellNetworks();
    changes.tellSettings();
    changes.tellFigures(null);
  }

  function put(id: string, network: Network, createdAt: number): void {
    store.transact(() => {
      store.remove('network', id);
      store.networks.insert({ id, createdAt, network });
    });
    tell();
  }

  return {
    list: () => [
      ...files.bundled.map(({ id, network }) => files.summarize(network, id, true)),
      ...store.networks.list().map(({ id, network }) => files.summarize(network, id, false)),
    ],
    get,
    importFile(text) {
      refuseSecret(text, 'file');
      const network = files.parse(text);
      // Once more without JSON's escapes, in which a secret would have passed unseen.
      for (const kept of listTexts(network)) refuseSecret(kept, 'file');
      const id = files.idOf(network);
      if (findBundled(id)) {
        throw new AppError('bad-network-file', 'A network of this name and chain comes with Ballast.', {
          help: 'Give the network another name in the file.',
        });
      }
      const before = store.networks.find(id);
      const createdAt = before?.createdAt ?? now();
      put(id, network, createdAt);
      let bringBack = (): void => put(id, network, createdAt);
      undo.push({
        name: { key: 'edits.importNetwork', params: { name: network.name } },
        undo: () => {
          if (before) put(id, before.network, createdAt);
          else bringBack = takeAway(id);
        },
        redo: () => bringBack(),
      });
      return files.summarize(network, id, false);
    },
    remove(id) {
      const { name } = get(id);
      if (findBundled(id)) throw new AppError('bad-request', `${name} comes with Ballast and stays.`);
      refuseInUse(id);
      let bringBack = takeAway(id);
      undo.push({
        name: { key: 'edits.removeNetwork', params: { name } },
        undo: () => bringBack(),
        redo: () => {
          bringBack = takeAway(id);
        },
      });
    },
  };
}
