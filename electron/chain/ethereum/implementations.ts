/**
 * Which code runs behind the proxies that are read. Every address of the network file is asked for its EIP-1967
 * slots in one eth_call: a state override puts a reader of the slots in the place of the proxy's code, and leaves its storage.
 * A node that does not know overrides is told by a canary, an address that answers only where they hold.
 */
import { decodeFunctionResult, encodeFunctionData, multicall3Abi, numberToHex, padHex, type Hex } from 'viem';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { toEvmAddress, ZERO_ADDRESS, type EvmAddress } from '../../../shared/domain/address.ts';
import type { Network } from '../../../shared/domain/network.ts';
import type { Implementation, Notice } from '../../../shared/domain/observation.ts';
import type { Block } from '../../../shared/domain/source.ts';
import type { EthereumClient } from './client.ts';
import { addressOfWord } from './word-address.ts';

/** EIP-1967: keccak256('eip1967.proxy.implementation') - 1. */
export const IMPLEMENTATION_SLOT: Hex = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
/** EIP-1967: keccak256('eip1967.proxy.beacon') - 1. */
export const BEACON_SLOT: Hex = '0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50';
/**
 * Returns what the slot of the implementation holds; where it is empty, what implementation() of the contract in the slot of
 * the beacon answers, into memory that is zero where it answers nothing.
 */
const READ_SLOTS: Hex = `0x${[
  `7f${IMPLEMENTATION_SLOT.slice(2)}54`, // PUSH32, SLOAD
  '80 61 0063 57 50', // DUP1, PUSH2 end, JUMPI, POP
  '63 5c60da1b 60 e0 1b 60 00 52', // PUSH4 implementation(), PUSH1 224, SHL, PUSH1 0, MSTORE
  '60 20 60 20 60 04 60 00', // 32 bytes to 32, 4 bytes from 0
  `7f${BEACON_SLOT.slice(2)}54 5a fa 50`, // PUSH32, SLOAD, GAS, STATICCALL, POP
  '60 20 51', // PUSH1 32, MLOAD
  '5b 60 00 52 60 20 60 00 f3', // end: JUMPDEST, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN
]
  .join('')
  .replaceAll(' ', '')}`;
/** Nobody's; its code is there only for the length of the call. */
const CANARY: EvmAddress = toEvmAddress(`0x${'ba11a57'.padStart(40, '0')}`);
const CANARY_SAYS = padHex('0x1967', { size: 32 });
/** PUSH2 0x1967, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN. */
const CANARY_CODE: Hex = '0x61196760005260206000f3';

/** Seconds for which a change is told: a notice of one reading would be missed. */
const TOLD_FOR = 30 * 86_400;

type Seen = Pick<Implementation, 'contract' | 'proxy' | 'address'>;

const bytesSchema = z.templateLiteral(['0x', z.string().regex(/^(?:[0-9a-f]{2})*$/iu)]);

/**
 * What stands behind each named contract that is such a proxy. Null where the node does not say: without Multicall3, or
 * where it refuses overrides or does not follow them.
 * @throws AppError cancelled, and node-* where it does not answer at all
 */
export async function readImplementations(
  client: EthereumClient,
  network: Network,
  block: bigint,
): Promise<readonly Seen[] | null> {
  const { Multicall3, ...contracts } = network.contracts;
  if (Multicall3 === undefined) return null;
  const proxies = Object.entries(contracts).map(([contract, { address }]) => ({ contract, proxy: address }));
  const targets = [CANARY, ...proxies.map(({ proxy }) => proxy)];
  const data = encodeFunctionData({
    abi: multicall3Abi,
    functionName: 'aggregate3',
    args: [targets.map((target) => ({ target, allowFailure: true, callData: '0x' as const }))],
  });
  const overrides = Object.fromEntries(targets.map((target) => [target, { code: READ_SLOTS }]));
  const params = [
    { to: Multicall3.address, data },
    numberToHex(block),
    { ...overrides, [CANARY]: { code: CANARY_CODE } },
  ];
  const answers = decodeAnswers(await requestOrNull(client, params));
  if (answers?.length !== targets.length || answers[0] !== CANARY_SAYS) return null;
  return proxies.flatMap(({ contract, proxy }, index) => {
    const address = toAddress(answers[index + 1]);
    return address === null ? [] : [{ contract, proxy, address }];
  });
}

async function requestOrNull(client: EthereumClient, params: readonly unknown[]): Promise<unknown> {
  try {
    return await client.request('eth_call', params);
  } catch (error) {
    // Refused, or too much for it: what is read otherwise stays as good as it is.
    const isRefusal = error instanceof AppError && ['node-refused', 'node-malformed'].includes(error.code);
    if (isRefusal) return null;
    throw error;
  }
}

/** The words returned, null for a call that failed; null for what is no answer of Multicall3. */
function decodeAnswers(returned: unknown): (Hex | null)[] | null {
  const bytes = bytesSchema.safeParse(returned);
  if (!bytes.success) return null;
  try {
    return decodeFunctionResult({
      abi: multicall3Abi,
      functionName: 'aggregate3',
      // The schema holds 0x and whole bytes.
      data: bytes.data,
    }).map(({ success, returnData }) => (success ? returnData : null));
  } catch {
    return null;
  }
}

/** Null for an empty slot, and for one that holds more than an address. */
function toAddress(word: Hex | null | undefined): EvmAddress | null {
  const address = addressOfWord(word);
  return address === ZERO_ADDRESS ? null : address;
}

/** What is kept of the implementations for the next reading, with the changes that are still to be told. */
export function compareImplementations(
  seen: readonly Seen[] | null,
  previous: readonly Implementation[],
  block: Block,
): readonly Implementation[] {
  const isNews = ({ time }: NonNullable<Implementation['replaced']>): boolean => block.time - time < TOLD_FOR;
  // What could not be asked this time is compared with the next time it can.
  if (seen === null) return previous;
  return seen.map((one): Implementation => {
    const before = previous.find(({ contract, proxy }) => contract === one.contract && proxy === one.proxy);
    if (before === undefined) return { ...one, replaced: null };
    if (before.address === one.address) {
      return {
        ...one,
        replaced: before.replaced !== null && isNews(before.replaced) ? before.replaced : null,
      };
    }
    return { ...one, replaced: { address: before.address, block: block.number, time: block.time } };
  });
}

export function noticeUpgrades(implementations: readonly Implementation[]): Notice[] {
  return implementations.flatMap(({ contract, address, replaced }) =>
    replaced === null
      ? []
      : [
          {
            code: 'upgraded',
            contract,
            call: 'EIP-1967',
            detail: `runs the code at ${address} in place of ${replaced.address}, first seen in block ${replaced.block}`,
          },
        ],
  );
}
