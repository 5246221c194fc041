/** Made-up data for tests: valid by the schemas, different for each seed, and nobody's. */
import type { EvmAccount, Portfolio } from '../../shared/domain/account.ts';
import { toEvmAddress, type EvmAddress } from '../../shared/domain/address.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Observation, Reading } from '../../shared/domain/observation.ts';
import type { Run } from '../../shared/domain/scenario.ts';
import { WAD, type Wad, type Wei } from '../../shared/domain/units.ts';

/** Digits that look like an address, so that a search for them in a file finds nothing by chance. */
export function makeAddress(seed: number): EvmAddress {
  const digits = ((BigInt(seed) + 1n) * 0x9e3779b97f4a7c15f39cc0605cedc8341082276bn) & ((1n << 160n) - 1n);
  return toEvmAddress(`0x${digits.toString(16).padStart(40, '0')}`);
}

export function makePortfolio(seed: number): Portfolio {
  return {
    id: `portfolio-${seed}`,
    name: `Treasury ${seed}`,
    kind: 'user',
    networkId: 'ethereum',
    createdAt: 1_700_000_000_000 + seed,
  };
}

export function makeAccount(portfolioId: string, seed: number): EvmAccount {
  return {
    id: `account-${seed}`,
    portfolioId,
    kind: 'evm',
    address: makeAddress(seed),
    label: `Cold wallet ${seed}`,
    ensName: null,
    createdAt: 1_700_000_000_000 + seed,
  };
}

export function makeReading(value: bigint, call: string): Reading {
  return { ok: true, value, contract: 'made up', address: makeAddress(7), call };
}

/** One ETH balance per address. */
export function makeObservation(addresses: readonly EvmAddress[], seed = 1): Observation {
  return {
    schema: 'ballast-observation/1',
    origin: {
      kind: 'chain',
      chainId: 1,
      network: 'Ethereum',
      endpoint: 'node.made-up.test:8545',
      block: { number: 20_000_000n + BigInt(seed), hash: `0x${'ab'.repeat(32)}`, time: 1_700_000_000 + seed },
      blockSeconds: 12,
    },
    readAt: 1_700_000_000_000 + seed,
    rates: [],
    ethUsd: null,
    accounts: addresses.map((address, index) => ({
      address,
      balances: [{ instrument: 'ETH', amount: makeReading(BigInt(seed + index + 1) * WAD, 'getEthBalance') }],
      eigenlayer: null,
    })),
    strategies: [],
    operators: [],
    services: [],
    backings: [],
    extraInstruments: [],
    extraDependencies: [],
    notices: [],
  };
}

export function makeNetwork(name: string): Network {
  return {
    schema: 'ballast-network/1',
    name,
    chainId: 31_337,
    contracts: { stETH: { address: makeAddress(11), certainty: 'user', source: null } },
    symbioticVaults: [],
    ethUsdHeartbeat: 3600,
    logsFrom: 0,
    btcUsdHeartbeat: 3600,
    blockSeconds: 12,
  };
}

export function makeRun(portfolioId: string, seed: number): Run {
  // The casts brand plain numbers, as a reader of a node would.
  const before = (100n * 10n ** 18n) as Wei;
  const loss = (10n ** 18n) as Wei;
  return {
    id: `run-${seed}`,
    portfolioId,
    ranAt: 1_700_000_000_000 + seed,
    blockNumber: 20_000_000n,
    result: {
      scenario: {
        preset: 'contract-failure',
        events: [{ kind: 'contract-failure', dependency: 'contract:lido', loss: (WAD / 100n) as Wad }],
      },
      positions: [],
      events: [],
      totalBeforeWei: before,
      totalAfterWei: (before - loss) as Wei,
      totalLossWei: loss,
      totalRecoveredWei: 0n as Wei,
      totalMarketLossWei: 0n as Wei,
      totalLockedWei: 0n as Wei,
      covers: [],
      unvaluedIds: [],
      leftOut: [],
    },
  };
}
