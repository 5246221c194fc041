/** Made-up readings of Bitcoin for tests: valid by the schemas, and nobody's. */
import type { BitcoinAccount } from '../account.ts';
import type { BitcoinAccountObservation, BitcoinObservation, StakeObservation } from '../bitcoin.ts';

export function makeBitcoinAccount(portfolioId: string, seed: number): BitcoinAccount {
  return {
    id: `bitcoin-${seed}`,
    portfolioId,
    kind: 'bitcoin',
    form: 'extended-key',
    text: `zpub-made-up-${seed}`,
    label: `Vault ${seed}`,
    gapLimit: 20,
    createdAt: 1_700_000_000_000 + seed,
  };
}

/** A stake of one BTC in block 900,000, under version 3 of the parameters. */
export function makeStakeObservation(changes: Partial<StakeObservation> = {}): StakeObservation {
  return {
    txid: 'ab'.repeat(32),
    outputIndex: 0,
    value: 100_000_000n,
    height: 900_000,
    staker: '11'.repeat(32),
    finalityProvider: '22'.repeat(32),
    finalityProviderName: null,
    stakingBlocks: 64_000,
    foundBy: 'rebuilt',
    versions: [3],
    terms: {
      unbondingBlocks: 1008,
      unbondingFee: 2000n,
      lossIfSlashed: 200_000n,
      slashingRate: 10n ** 15n,
      slashingFee: 100_000n,
    },
    unbonding: null,
    end: null,
    ...changes,
  };
}

export function makeBitcoinObservation(
  accounts: readonly (Partial<BitcoinAccountObservation> & { readonly accountId: string })[],
  changes: Partial<BitcoinObservation> = {},
): BitcoinObservation {
  return {
    network: 'mainnet',
    server: { kind: 'electrum', endpoint: 'server.made-up.test:50002' },
    readAt: 1_750_000_600_000,
    tip: { number: 901_000n, hash: '00'.repeat(12) + 'cd'.repeat(20), time: 1_750_000_000 },
    proof: 'chain',
    babylon: { asOf: '2026-11-23', source: 'made up' },
    accounts: accounts.map((account) => ({
      confirmed: 150_000_000n,
      unconfirmed: 0n,
      coinCount: 2,
      transactionCount: 3,
      usedScripts: 2,
      stakes: [],
      unrecognised: [],
      ...account,
    })),
    ...changes,
  };
}
