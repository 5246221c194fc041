/** Which nodes a network is read from: those the user entered, in their order, and no other. */
import { AppError } from '../../shared/contract/errors.ts';
import type { ServerHealth } from '../../shared/contract/server-health.ts';
import type { Store } from '../store/store.ts';
import { createFailover, type Answer } from './failover.ts';
import type { Networks } from './networks.ts';
import type { NodeRef } from './readers.ts';

export interface Nodes {
  /** URLs in their order, at least one. @throws AppError no-node, not-found for the network */
  list(networkId: string): readonly string[];
  /**
   * Does the work with one node, or the next one where that fails.
   * @throws AppError no-node, not-found, and what the work throws
   */
  ask<T>(networkId: string, signal: AbortSignal, work: (node: NodeRef) => Promise<T>): Promise<Answer<T>>;
  /** How they served lately, in their order; none where none is set. */
  describeHealth(networkId: string): ServerHealth[];
}

interface Parts {
  readonly store: Store;
  readonly networks: Networks;
  readonly now: () => number;
}

export function createNodes({ store, networks, now }: Parts): Nodes {
  const failover = createFailover(now);

  function list(networkId: string): readonly string[] {
    const { name } = networks.get(networkId);
    const urls = store.settings.read().rpcUrls[networkId] ?? [];
    if (urls.length > 0) return urls;
    throw new AppError('no-node', `No node is set for ${name}.`, {
      help: 'Enter the URL of a node you trust in the settings. Ballast asks no other host.',
    });
  }

  return {
    list,
    ask(networkId, signal, work) {
      const network = networks.get(networkId);
      const candidates = list(networkId).map((url) => ({ url, endpoint: new URL(url).host }));
      return failover.ask(networkId, candidates, signal, (rpcUrl) => work({ network, rpcUrl, signal }));
    },
    describeHealth: (networkId) =>
      failover.describe(networkId, store.settings.read().rpcUrls[networkId] ?? []),
  };
}
