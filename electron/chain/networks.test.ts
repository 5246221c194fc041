import { join } from 'node:path';
import { getAddress } from 'viem';
import { mainnet } from 'viem/chains';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { networkSummarySchema } from '../../shared/contract/methods.ts';
import { CONTRACT_NAMES, ETHEREUM_NETWORK_ID } from '../../shared/domain/network.ts';
import { loadBundledNetworks, networkIdOf, parseNetworkFile, summarizeNetwork } from './networks.ts';

const assets = join(import.meta.dirname, '..', '..', 'assets');
const weETH = '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee';

function write(contracts: unknown, more: object = {}): string {
  return JSON.stringify({ schema: 'ballast-network/1', name: 'Mine', chainId: 31337, contracts, ...more });
}

function problemOf(text: string): string {
  try {
    parseNetworkFile(text);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('bad-network-file');
    return (error as AppError).detail ?? '';
  }
  throw new Error('the file was accepted');
}

describe('the bundled Ethereum network', () => {
  const bundled = loadBundledNetworks(assets).find(({ id }) => id === ETHEREUM_NETWORK_ID)!;

  it('names every contract a reader can ask for and a source tells of, checksummed', () => {
    expect(bundled.network.chainId).toBe(1);
    // No public source tells where Swell’s is.
    for (const name of CONTRACT_NAMES.filter((one) => one !== 'SwellEigenLayerManager')) {
      const entry = bundled.network.contracts[name];
      expect(entry?.address, name).toBe(getAddress(entry!.address.toLowerCase()));
      expect(entry?.source, name).toMatch(/\S/u);
    }
  });

  it('takes the two addresses of no protocol from the chain definition of the library in use', () => {
    const { multicall3, ensUniversalResolver } = mainnet.contracts;
    expect(bundled.network.contracts.Multicall3?.address).toBe(getAddress(multicall3.address));
    expect(bundled.network.contracts.ENSUniversalResolver?.address).toBe(
      getAddress(ensUniversalResolver.address),
    );
  });

  it('is summarised in the form of the contract', () => {
    const summary = summarizeNetwork(bundled.network, bundled.id, true);
    expect(networkSummarySchema.parse(summary)).toEqual(summary);
    expect(summary.contracts.map(({ name }) => name)).toEqual(
      CONTRACT_NAMES.filter((name) => name !== 'SwellEigenLayerManager'),
    );
  });
});

describe('an imported network file', () => {
  it('is accepted with bare addresses, which are then marked as the user’s', () => {
    const network = parseNetworkFile(write({ weETH: weETH.toLowerCase() }));
    expect(network.contracts.weETH).toEqual({ address: weETH, certainty: 'user', source: null });
  });

  it.each([
    [
      'a checksum error',
      write({ weETH: weETH.replace('Cd', 'cd') }),
      /^contracts\.weETH: .*EIP-55 checksum/u,
    ],
    [
      'a checksum error in the long form',
      write({ weETH: { address: weETH.replace('Cd', 'cd'), certainty: 'user', source: null } }),
      /^contracts\.weETH\.address: .*EIP-55 checksum/u,
    ],
    ['a short address', write({ weETH: '0x12' }), /^contracts\.weETH: an address has 40 hex digits/u],
    ['an unknown contract', write({ weeETH: weETH }), /^contracts: "weeETH" is not a name Ballast knows/u],
    [
      'an unknown certainty',
      write({ weETH: { address: weETH, certainty: 'sure', source: null } }),
      /certainty/u,
    ],
    [
      'a zero address',
      write({ weETH: `0x${'0'.repeat(40)}` }),
      /^contracts\.weETH: no contract has the zero/u,
    ],
    ['a number as address', write({ weETH: 5 }), /^contracts\.weETH: /u],
    ['a missing chain id', write({}, { chainId: undefined }), /^chainId: /u],
    ['an unknown field', write({}, { rpc: 'https://x' }), /^the file: "rpc" is not a name/u],
    ['another schema', write({}, { schema: 'ballast-network/2' }), /^schema: /u],
    ['something that is not JSON', '{"schema"', /^not JSON: /u],
    ['an array', '[]', /^the file: /u],
  ])('is refused for %s, naming the field', (_what, text, expected) => {
    expect(problemOf(text)).toMatch(expected);
  });

  it('keeps what it repeats of a file short and visible', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`\u202e${index}`, 1]));
    const detail = problemOf(write({ ...many, [`\u001b[31m${'x'.repeat(10_000)}`]: 1 }));
    expect(detail).toMatch(/and \d+ more problems$/u);
    expect(detail).not.toMatch(/[\u202e\u001b]/u);
    expect(problemOf(write({}, { ['x'.repeat(10_000)]: 1 })).length).toBeLessThan(200);
  });

  it('has a name of which everything can be seen', () => {
    expect(parseNetworkFile(write({}, { name: ' Dev\u202e\u001b[31mnet\n' })).name).toBe('Dev[31mnet');
    expect(problemOf(write({}, { name: '\u200b ' }))).toBe('name: must not be empty');
  });

  it('names every problem at once', () => {
    expect(problemOf(write({ weETH: '0x12', eETH: 'x' }, { chainId: -1 })).split('\n')).toHaveLength(3);
  });

  it('cannot name one contract as two tokens, which would count a balance twice', () => {
    const address = '0x1111111111111111111111111111111111111111';
    expect(problemOf(write({ weETH: address, rsETH: address }))).toContain('weETH has the same address');
    expect(parseNetworkFile(write({ ezETH: address, RenzoRateProvider: address })).name).not.toBe('');
  });

  it('has an id no bundled network can have', () => {
    const named = (name: string): string => networkIdOf(parseNetworkFile(write({}, { name, chainId: 1 })));
    expect(named('Ethereum')).toBe('ethereum-1');
    expect(named('My  Test: net!')).toBe('my-test-net-1');
    expect(named('主网')).toBe('主网-1');
    expect(named('!!!')).toBe('network-1');
    expect(named('x'.repeat(60)).length).toBeLessThanOrEqual(80);
  });
});
