import { encodeErrorResult, parseAbi, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { startProxy, type HostileProxy } from '../../../e2e/nodes/hostile.ts';
import { toEvmAddress, ZERO_ADDRESS, type EvmAddress } from '../../../shared/domain/address.ts';
import { CONTRACT_NAMES, type ContractName, type Network } from '../../../shared/domain/network.ts';
import { parseNetworkFile } from '../networks.ts';
import { resolveEnsName } from './ens.ts';

const holder = toEvmAddress('0x00000000000000000000000000000000000a11ce');

let anvil: Anvil;
let proxy: HostileProxy;
let chain: Deployment;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
  await chain.setEnsName('holder.eth', holder);
  await chain.setEnsName('empty.eth', ZERO_ADDRESS);
  proxy = await startProxy(anvil.url);
});

afterAll(async () => {
  await proxy.stop();
  await anvil.stop();
});

function networkWithout(...missing: ContractName[]): Network {
  const names = CONTRACT_NAMES.filter((name) => !missing.includes(name));
  const contracts = Object.fromEntries(names.map((name) => [name, chain.networkFile.contracts[name]]));
  return parseNetworkFile(JSON.stringify({ ...chain.networkFile, contracts }));
}

function resolve(name: string, network: Network = networkWithout()): Promise<EvmAddress> {
  return resolveEnsName({
    network,
    rpcUrl: proxy.url,
    name,
    signal: new AbortController().signal,
    now: () => 0,
  });
}

describe('an ENS name', () => {
  it('leads to its address, however it is typed', async () => {
    expect(await resolve('holder.eth')).toBe(holder);
    expect(await resolve(' HOLDER.eth ')).toBe(holder);
    expect(await resolve('holder.eth', networkWithout('Multicall3'))).toBe(holder);
  });

  it.each(['nobody.eth', 'empty.eth', 'sub.holder.eth'])(
    'that leads nowhere is not found: %s',
    async (name) => {
      await expect(resolve(name)).rejects.toMatchObject({ code: 'ens-not-found' });
    },
  );

  it.each(['holder', 'holder..eth', '.eth', 'a b.eth', 'holder_.x_y', ''])(
    'that cannot be one is refused without asking the node: "%s"',
    async (name) => {
      await proxy.reset();
      await expect(resolve(name)).rejects.toMatchObject({ code: 'ens-not-found' });
      expect(proxy.requests).toEqual([]);
    },
  );

  it('cannot be looked up where the network file names no resolver', async () => {
    await expect(resolve('holder.eth', networkWithout('ENSUniversalResolver'))).rejects.toMatchObject({
      code: 'ens-unavailable',
    });
  });

  it('that is kept outside the chain is not followed there', async () => {
    const lookup = encodeErrorResult({
      abi: parseAbi([
        'error OffchainLookup(address sender, string[] urls, bytes callData, bytes4 callback, bytes extra)',
      ]),
      args: [
        chain.contracts.ENSUniversalResolver.address,
        [`${proxy.url}/gateway`],
        '0x',
        '0x12345678',
        '0x',
      ],
    });
    const id = await anvil.client.snapshot();
    await anvil.client.setCode({
      address: chain.contracts.ENSUniversalResolver.address,
      bytecode: revertingWith(lookup),
    });
    await proxy.reset();
    await expect(resolve('holder.eth')).rejects.toMatchObject({ code: 'ens-unavailable' });
    expect(proxy.requests.flatMap(({ methods }) => methods)).toEqual([
      'eth_chainId',
      'eth_getBlockByNumber',
      'eth_call',
    ]);
    await anvil.client.revert({ id });
  });
});

/** Code that reverts with these bytes, whatever is asked: PUSH2, PUSH1, PUSH0, CODECOPY, PUSH2, PUSH0, REVERT. */
function revertingWith(data: Hex): Hex {
  const push = ((data.length - 2) / 2).toString(16).padStart(4, '0');
  return `0x61${push}600c5f3961${push}5ffd${data.slice(2)}`;
}
