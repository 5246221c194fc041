/** Which nodes a network is read from: those the user entered, in their order, and no other. */
import { AppError, type ErrorCode } from '../../shared/contract/errors.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Store } from '../store/store.ts';
import type { Networks } from './networks.ts';
import type { NodeRef } from './readers.ts';

/** A node that was asked, or would have been, and why another one was taken. */
export interface PassedOver {
  /** Host and port. */
  readonly endpoint: string;
  readonly error: AppError;
}

export interface NodeAnswer<T> {
  readonly value: T;
  readonly passedOver: readonly PassedOver[];
}

export interface Nodes {
  /** URLs in their order, at least one. @throws AppError no-node, not-found for the network */
  list(networkId: string): readonly string[];
  /**
   * Does the work with one node, from its beginning to its end. Where the node fails, the work starts over on the next.
   * Nodes that failed lately stand behind the others.
   * @throws AppError no-node, not-found, and what the work throws: of several nodes that failed, the first one's error
   */
  ask<T>(networkId: string, signal: AbortSignal, work: (node: NodeRef) => Promise<T>): Promise<NodeAnswer<T>>;
}

/** What is wrong with one node and may be right with another. */
const NODE_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'node-unreachable',
  'node-timeout',
  'node-rate-limited',
  'node-refused',
  'node-malformed',
  'node-behind',
  'wrong-chain',
  'block-changed',
]);
/** How long a node that failed is asked after the others only: not every refresh should wait for its time-out. */
export const REST_MS = 5 * 60_000;

interface Rest {
  readonly until: number;
  readonly error: AppError;
}

interface Parts {
  readonly store: Store;
  readonly networks: Networks;
  readonly now: () => number;
}

export function createNodes({ store, networks, now }: Parts): Nodes {
  /** By network and URL, for as long as the program runs. */
  const rests = new Map<string, Rest>();

  function list(networkId: string): readonly string[] {
    const { name } = networks.get(networkId);
    const urls = store.settings.read().rpcUrls[networkId] ?? [];
    if (urls.length > 0) return urls;
    throw new AppError('no-node', `No node is set for ${name}.`, {
      help: 'Enter the URL of a node you trust in the settings. Ballast asks no other host.',
    });
  }

  function findRest(key: string): Rest | null {
    const rest = rests.get(key);
    return rest !== undefined && rest.until > now() ? rest : null;
  }

  return {
    list,
    async ask(networkId, signal, work) {
      const network: Network = networks.get(networkId);
      const nodes = list(networkId).map((rpcUrl) => ({ rpcUrl, key: JSON.stringify([networkId, rpcUrl]) }));
      const resting = nodes.flatMap(({ rpcUrl, key }) => {
        const rest = findRest(key);
        return rest === null ? [] : [{ rpcUrl, key, rest }];
      });
      const awake = nodes.filter(({ key }) => !resting.some((node) => node.key === key));
      const failed: PassedOver[] = [];
      for (const { rpcUrl, key } of [...awake, ...resting]) {
        try {
          const value = await work({ network, rpcUrl, signal });
          rests.delete(key);
          // A node that rests is passed over unasked only where it would have come first.
          const place = nodes.findIndex((node) => node.key === key);
          const unasked = resting.filter(
            (node) =>
              nodes.findIndex((one) => one.key === node.key) < place &&
              !failed.some(({ endpoint }) => endpoint === endpointOf(node.rpcUrl)),
          );
          return {
            value,
            passedOver: [
              ...unasked.map(({ rpcUrl: url, rest }) => ({ endpoint: endpointOf(url), error: rest.error })),
              ...failed,
            ],
          };
        } catch (error) {
          if (signal.aborted || !(error instanceof AppError) || !NODE_FAULTS.has(error.code)) throw error;
          rests.set(key, { until: now() + REST_MS, error });
          failed.push({ endpoint: endpointOf(rpcUrl), error });
        }
      }
      throw describeAll(failed);
    },
  };
}

function endpointOf(rpcUrl: string): string {
  return new URL(rpcUrl).host;
}

/** The error of the node that comes first; where there were others, its detail says what each of them said. */
function describeAll(failed: readonly PassedOver[]): AppError {
  const [first] = failed;
  if (first === undefined) throw new Error('no node was asked');
  if (failed.length === 1) return first.error;
  const { code, message, help } = first.error;
  return new AppError(code, message, {
    detail: failed.map(({ endpoint, error }) => `${endpoint}: ${error.message}`).join('\n'),
    ...(help === undefined ? {} : { help }),
    retryable: failed.some(({ error }) => error.retryable),
  });
}
