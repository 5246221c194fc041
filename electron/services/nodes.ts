/** Which node a network is read from: the one the user entered, and no other. */
import { AppError } from '../../shared/contract/errors.ts';
import type { Store } from '../store/store.ts';
import type { Networks } from './networks.ts';
import type { NodeRef } from './readers.ts';

export interface Nodes {
  /** @throws AppError no-node, not-found for the network */
  get(networkId: string): Omit<NodeRef, 'signal'>;
}

export function createNodes(store: Store, networks: Networks): Nodes {
  return {
    get(networkId) {
      const network = networks.get(networkId);
      const rpcUrl = store.settings.read().rpcUrls[networkId];
      if (rpcUrl !== undefined) return { network, rpcUrl };
      throw new AppError('no-node', `No node is set for ${network.name}.`, {
        help: 'Enter the URL of a node you trust in the settings. Ballast asks no other host.',
      });
    },
  };
}
