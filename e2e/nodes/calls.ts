import { setTimeout } from 'node:timers/promises';
import type { Abi, Address, Hex, TransactionReceipt } from 'viem';
import {
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  toHex,
  TransactionReceiptNotFoundError,
} from 'viem';
import type { AnvilClient } from './anvil.ts';
import { compiledContract } from './compile.ts';

/** A deployed contract. */
export interface Deployed {
  address: Address;
  abi: Abi;
}

export interface CallOptions {
  from: Address;
  functionName: string;
  args?: readonly unknown[];
  value?: bigint;
}

/** A contract still to be deployed: compiled name and constructor arguments. */
export interface Plan {
  contract: string;
  args?: readonly unknown[];
}

/**
 * Reads a view. The ABI comes from the compiler at run time, so the result's type cannot be
 * inferred: the caller names it, and the test that compares the value is the check.
 */
export async function readView<T>(
  client: AnvilClient,
  { address, abi }: Deployed,
  functionName: string,
  args: readonly unknown[] = [],
): Promise<T> {
  return (await client.readContract({ address, abi, functionName, args })) as T;
}

/**
 * Sends a transaction and waits for its block. Any `from` will do: the node impersonates.
 * Errors: the contract's own error, decoded, when the call reverts.
 */
export async function sendCall(client: AnvilClient, contract: Deployed, options: CallOptions): Promise<Hex> {
  const { from, functionName, args = [], value = 0n } = options;
  const data = encodeFunctionData({ abi: contract.abi, functionName, args });
  // The gas is given: the node would estimate it for this block and mine in the next, which can
  // cost more (the first slash of a block writes a new history entry).
  const gas = toHex(8_000_000);
  const transaction = { from, to: contract.address, data, value: toHex(value), gas, gasPrice: toHex(0) };
  const hash = await requestTransaction(client, transaction);
  const receipt = await waitForReceipt(client, hash);
  if (receipt.status === 'success') return hash;
  // Alone in its block and undone, so a call at that block fails likewise, with a decoded reason.
  await client.simulateContract({
    ...contract,
    functionName,
    args,
    account: from,
    value,
    blockNumber: receipt.blockNumber,
  });
  throw new Error(`${functionName}: the transaction ${hash} failed.`);
}

/** Deploys everything in one block, in order. Returns the contracts under their keys. */
export async function deployAll<K extends string>(
  client: AnvilClient,
  from: Address,
  build: (addressOf: (key: K) => Address) => Record<K, Plan>,
): Promise<Record<K, Deployed>> {
  const firstNonce = await client.getTransactionCount({ address: from });
  // The plan is asked for twice: for the order of the keys, then with the addresses that follow
  // from it. So contracts can know each other whichever is deployed first.
  const zero: Address = `0x${'0'.repeat(40)}`;
  const keys = Object.keys(build(() => zero)) as K[];
  const addressOf = (key: K): Address =>
    getContractAddress({ from, nonce: BigInt(firstNonce + keys.indexOf(key)) });
  const plans = build(addressOf);

  await client.setAutomine(false);
  const hashes = await Promise.all(
    keys.map((key, index) => {
      const { abi, bytecode } = compiledContract(plans[key].contract);
      const data = encodeDeployData({ abi, bytecode, args: plans[key].args ?? [] });
      const transaction = {
        from,
        data,
        nonce: toHex(firstNonce + index),
        gas: toHex(8_000_000),
        gasPrice: toHex(0),
      };
      return requestTransaction(client, transaction);
    }),
  );
  await client.mine({ blocks: 1 });
  await client.setAutomine(true);
  const receipts = await Promise.all(hashes.map((hash) => waitForReceipt(client, hash)));
  const failed = keys.filter((_, index) => receipts[index]?.status !== 'success');
  if (failed.length > 0) throw new Error(`Not deployed: ${failed.join(', ')}.`);

  const deployed = keys.map((key) => [
    key,
    { address: addressOf(key), abi: compiledContract(plans[key].contract).abi },
  ]);
  // Object.fromEntries forgets the keys, which are exactly those of the plan.
  return Object.fromEntries(deployed) as Record<K, Deployed>;
}

/** The test client's own list of methods does not have this one. */
interface SendTransaction {
  Method: 'eth_sendTransaction';
  Parameters: [Record<string, Hex>];
  ReturnType: Hex;
}

function requestTransaction(client: AnvilClient, transaction: Record<string, Hex>): Promise<Hex> {
  return client.request<SendTransaction>({ method: 'eth_sendTransaction', params: [transaction] });
}

/** The node mines at once, but answers before the block is there: so asked again, every 2 ms. */
async function waitForReceipt(client: AnvilClient, hash: Hex): Promise<TransactionReceipt> {
  for (let attempt = 0; attempt < 2_500; attempt++) {
    const receipt = await client.getTransactionReceipt({ hash }).catch(ignoreNotFound);
    if (receipt !== undefined) return receipt;
    await setTimeout(2);
  }
  throw new Error(`The transaction ${hash} was not mined.`);
}

function ignoreNotFound(error: unknown): undefined {
  if (error instanceof TransactionReceiptNotFoundError) return undefined;
  throw error;
}
