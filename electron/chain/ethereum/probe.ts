/** Whether a URL leads to a node of a network: two small questions, asked when the user presses the button. */
import type { Network } from '../../../shared/domain/network.ts';
import { checkChain, createEthereumClient, readLatestBlock, type TransportOptions } from './client.ts';

export interface ProbeInput {
  readonly network: Network;
  readonly rpcUrl: string;
  readonly signal: AbortSignal;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly transportOptions?: TransportOptions;
}

export interface NodeProbe {
  readonly chainId: number;
  readonly blockNumber: bigint;
  /** Host and port. */
  readonly endpoint: string;
}

/** @throws AppError bad-url, node-*, wrong-chain, cancelled */
export async function probeNode(input: ProbeInput): Promise<NodeProbe> {
  const client = createEthereumClient(input);
  const chainId = await checkChain(client, input.network);
  const { number } = await readLatestBlock(client);
  return { chainId, blockNumber: number, endpoint: client.endpoint };
}
