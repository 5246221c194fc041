/**
 * ENS names, through the Universal Resolver alone (ENSIP-23). Records kept off the chain (ERC-3668) are not followed:
 * that would contact a server the user never allowed. viem's own ENS action follows them, so it is not used.
 */
import { toHex } from 'viem';
import { namehash, normalize, packetToBytes } from 'viem/ens';
import { AppError } from '../../../shared/contract/errors.ts';
import { toEvmAddress, ZERO_ADDRESS, type EvmAddress } from '../../../shared/domain/address.ts';
import { createBatcher, MissingMulticall3 } from './batch.ts';
import { checkChain, createEthereumClient, readLatestBlock } from './client.ts';
import { targetOf } from './context.ts';
import type { ProbeInput } from './probe.ts';
import { defineView, settle, type RawResult, type Target } from './view.ts';

const resolve = defineView(
  'function resolve(bytes name, bytes data) view returns (bytes result, address resolver)',
);
const addr = defineView('function addr(bytes32 node) view returns (address)');

/** `OffchainLookup(address,string[],bytes,bytes4,bytes)` */
const OFFCHAIN_LOOKUP = '0x556f1830';

export interface ResolveInput extends ProbeInput {
  readonly name: string;
}

/**
 * The address a name has on this network now.
 * @throws AppError ens-unavailable, ens-not-found, bad-url, node-*, wrong-chain, cancelled
 */
export async function resolveEnsName(input: ResolveInput): Promise<EvmAddress> {
  const { network, name } = input;
  const resolver = targetOf(network, 'ENSUniversalResolver');
  if (resolver === null) {
    throw new AppError('ens-unavailable', `Names cannot be looked up on ${network.name}.`, {
      detail: 'The network file names no ENSUniversalResolver.',
      help: 'Enter the address itself.',
    });
  }
  const normalized = normalizeName(name);
  const client = createEthereumClient(input);
  await checkChain(client, network);
  const { number } = await readLatestBlock(client);
  const readWith = (multicall3: EvmAddress | null): Promise<readonly RawResult[]> =>
    createBatcher(client, number, multicall3).readBatch([writeCall(resolver, normalized)]);
  const [raw] = await readWith(network.contracts.Multicall3?.address ?? null).catch((error: unknown) => {
    if (error instanceof MissingMulticall3) return readWith(null);
    throw error;
  });
  return readAnswer(resolver, normalized, raw ?? { kind: 'unanswered', detail: 'no result' });
}

function normalizeName(name: string): string {
  try {
    const normalized = normalize(name.trim());
    // A name of one label, or with an empty one, is registered nowhere.
    if (/^[^.]+(?:\.[^.]+)+$/u.test(normalized)) return normalized;
  } catch {
    // Falls through: ENSIP-15 does not allow it.
  }
  throw notFound('That is not a name that can be registered.', 'ENSIP-15');
}

function writeCall(resolver: Target, name: string) {
  const question = addr(resolver, namehash(name));
  if (question.data === null) throw new Error('a view has calldata');
  return resolve(resolver, toHex(packetToBytes(name)), question.data);
}

function readAnswer(resolver: Target, name: string, raw: RawResult): EvmAddress {
  if (raw.kind === 'unanswered') throw unavailable(raw.detail);
  if (raw.kind === 'reverted') {
    if (raw.data.startsWith(OFFCHAIN_LOOKUP)) {
      throw new AppError('ens-unavailable', `The address of ${name} is kept outside the chain.`, {
        detail: 'Its resolver answers with an off-chain lookup (ERC-3668).',
        help: 'Ballast does not contact that server. Enter the address itself.',
      });
    }
    throw notFound(`${name} leads to no address.`, `resolve: error ${raw.data.slice(0, 10)}`);
  }
  const outcome = settle(writeCall(resolver, name), raw);
  if (!outcome.ok) throw unavailable(outcome.detail);
  const [record] = outcome.value;
  const address = settle(addr(resolver, namehash(name)), { kind: 'returned', data: record });
  if (!address.ok || toEvmAddress(address.value) === ZERO_ADDRESS) {
    throw notFound(`${name} leads to no address.`, 'its address record is empty');
  }
  return toEvmAddress(address.value);
}

function notFound(message: string, detail: string): AppError {
  return new AppError('ens-not-found', message, {
    detail,
    help: 'Check the spelling, or enter the address itself.',
  });
}

function unavailable(detail: string): AppError {
  return new AppError('ens-unavailable', 'The Universal Resolver did not answer as it should.', {
    detail,
    help: 'Check ENSUniversalResolver in the network file, or enter the address itself.',
  });
}
