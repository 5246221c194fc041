// The sample portfolio as text, the same at every run. Nothing in it was read anywhere.
import { format, resolveConfig } from 'prettier';
import { sampleSchema, type Sample } from '../electron/samples.ts';
import { encode } from '../shared/contract/codec.ts';
import { SAMPLE_PORTFOLIO_ID } from '../shared/domain/account.ts';
import { BEACON_CHAIN_STRATEGY, type EvmAddress } from '../shared/domain/address.ts';
import type { Observation, Operator, TokenBacking } from '../shared/domain/observation.ts';
import { accountObservations, accounts } from './sample-accounts.ts';
import {
  fernhollow,
  hashOf,
  ombrelle,
  operators,
  quarrystone,
  read,
  SAMPLE_BLOCK,
  SAMPLE_TIME,
  services,
  STETH_STRATEGY,
  strategies,
  tidewick,
  wad,
} from './sample-network.ts';

const NETWORK_NAME = 'Sample network, invented';

/** ETH per token; the call is the one a reader would make on a real network. */
const rates: Observation['rates'] = [
  { instrument: 'wstETH', rate: read('wstETH', 'stEthPerToken()', wad('1.2184')) },
  { instrument: 'weETH', rate: read('weETH', 'getRate()', wad('1.0846')) },
  { instrument: 'ezETH', rate: read('RenzoRateProvider', 'getRate()', wad('1.0632')) },
  { instrument: 'pufETH', rate: read('pufETH', 'convertToAssets(1e18)', wad('1.0695')) },
  { instrument: 'rsETH', rate: read('LRTOracle', 'rsETHPrice()', wad('1.0574')) },
];

function makeBacking(
  instrument: string,
  restaked: readonly (readonly [operator: Operator, strategy: EvmAddress, share: string])[],
  rest: { readonly unrestaked: string; readonly hidden: string },
): TokenBacking {
  return {
    instrument,
    restaked: restaked.map(([{ address }, strategy, share]) => ({
      operator: address,
      strategy,
      share: wad(share),
    })),
    unrestakedShare: wad(rest.unrestaked),
    hiddenShare: wad(rest.hidden),
  };
}

const backings: TokenBacking[] = [
  makeBacking(
    'weETH',
    [
      [fernhollow, BEACON_CHAIN_STRATEGY, '0.3'],
      [ombrelle, BEACON_CHAIN_STRATEGY, '0.25'],
      [tidewick, BEACON_CHAIN_STRATEGY, '0.1'],
    ],
    { unrestaked: '0.2', hidden: '0.15' },
  ),
  makeBacking(
    'ezETH',
    [
      [fernhollow, BEACON_CHAIN_STRATEGY, '0.2'],
      [quarrystone, BEACON_CHAIN_STRATEGY, '0.2'],
      [fernhollow, STETH_STRATEGY, '0.15'],
    ],
    { unrestaked: '0.15', hidden: '0.3' },
  ),
  makeBacking(
    'pufETH',
    [
      [ombrelle, BEACON_CHAIN_STRATEGY, '0.45'],
      [quarrystone, BEACON_CHAIN_STRATEGY, '0.15'],
    ],
    { unrestaked: '0.3', hidden: '0.1' },
  ),
  makeBacking(
    'rsETH',
    [
      [tidewick, STETH_STRATEGY, '0.25'],
      [ombrelle, STETH_STRATEGY, '0.2'],
      [fernhollow, BEACON_CHAIN_STRATEGY, '0.15'],
    ],
    { unrestaked: '0.1', hidden: '0.3' },
  ),
];

export function makeSample(): Sample {
  return sampleSchema.parse({
    schema: 'ballast-sample/1',
    portfolio: {
      id: SAMPLE_PORTFOLIO_ID,
      name: 'Sample portfolio',
      kind: 'sample',
      networkId: 'sample',
      createdAt: SAMPLE_TIME * 1000,
    },
    accounts,
    observation: {
      schema: 'ballast-observation/1',
      origin: {
        kind: 'sample',
        note: NETWORK_NAME,
        block: { number: SAMPLE_BLOCK, hash: hashOf('block'), time: SAMPLE_TIME },
        blockSeconds: 12,
      },
      readAt: SAMPLE_TIME * 1000,
      rates,
      ethUsd: {
        price: read('ChainlinkETHUSD', 'latestRoundData()', 315_000_000_000n),
        updatedAt: SAMPLE_TIME - 900,
        heartbeat: 3600,
      },
      accounts: accountObservations,
      strategies,
      operators,
      services,
      backings,
      extraInstruments: [],
      extraDependencies: [],
      notices: [],
    },
  });
}

/** The text of assets/samples/sample.json, formatted as the check wants it. */
export async function makeSampleText(): Promise<string> {
  const config = await resolveConfig(import.meta.filename);
  return format(encode(makeSample()), { ...config, parser: 'json' });
}
