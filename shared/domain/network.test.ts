import { describe, expect, it } from 'vitest';
import { networkSchema } from './network.ts';

const stEth = '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84';
const minimal = { schema: 'ballast-network/1', name: 'Devnet', chainId: 31337, contracts: {} };

describe('a network file', () => {
  it('needs a name, a chain and contracts, and fills in the rest', () => {
    expect(networkSchema.parse(minimal)).toEqual({
      ...minimal,
      symbioticVaults: [],
      ethUsdHeartbeat: 3600,
      btcUsdHeartbeat: 3600,
      blockSeconds: 12,
      logsFrom: 0,
    });
  });

  it('takes a bare address as the user’s own word', () => {
    const { contracts } = networkSchema.parse({ ...minimal, contracts: { stETH: stEth.toLowerCase() } });
    expect(contracts.stETH).toEqual({ address: stEth, certainty: 'user', source: null });
    expect(contracts.weETH).toBeUndefined();
  });

  it('keeps how sure an address is, and where it is from', () => {
    const entry = { address: stEth, certainty: 'confirmed', source: 'docs' };
    expect(networkSchema.parse({ ...minimal, contracts: { stETH: entry } }).contracts.stETH).toEqual(entry);
  });

  it('is refused with anything it does not know, so that a typing error is not an absent contract', () => {
    for (const broken of [
      { ...minimal, contracts: { steth: stEth } },
      { ...minimal, contracts: { stETH: stEth.replace('ae7a', 'aE7a') } },
      { ...minimal, contracts: { stETH: '0x1234' } },
      { ...minimal, contracts: { stETH: { address: stEth, certainty: 'sure', source: null } } },
      { ...minimal, chainID: 1 },
      { ...minimal, chainId: 0 },
      { ...minimal, chainId: '1' },
      { ...minimal, name: '' },
      { ...minimal, blockSeconds: 0 },
      { ...minimal, schema: 'ballast-network/2' },
    ]) {
      expect(networkSchema.safeParse(broken).success, JSON.stringify(broken)).toBe(false);
    }
  });
});
