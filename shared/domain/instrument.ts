/** What can be held: the assets the readers know, with what each is a claim on. */
import { z } from 'zod';
import { evmAddressSchema } from './address.ts';

/** `btc`: a claim on bitcoin. `token`: no claim on either, so that only a market could say what it is worth. */
const FAMILIES = ['native', 'lst', 'lrt', 'restaked', 'btc', 'token'] as const;

export const instrumentSchema = z.object({
  /** Stable: the symbol for tokens, `eigenlayer:<strategy address>` for restaked shares, `karak:<vault address>`. */
  id: z.string(),
  symbol: z.string(),
  name: z.string(),
  decimals: z.number().int().min(0).max(36),
  family: z.enum(FAMILIES),
  /** Who issues it; null for ETH. */
  issuer: z.string().nullable(),
  /** Ids of the shared dependencies a holder relies on, outermost first. */
  dependsOn: z.array(z.string()),
  strategy: evmAddressSchema.optional(),
});
export type Instrument = z.infer<typeof instrumentSchema>;

export const DEPENDENCY_KINDS = [
  'contract',
  'oracle',
  'bridge',
  'custodian',
  'client',
  'governance',
] as const;

/** Something several positions rest on at once, so that one fault reaches all of them. */
export const dependencySchema = z.object({
  id: z.string(),
  kind: z.enum(DEPENDENCY_KINDS),
  name: z.string(),
});
export type Dependency = z.infer<typeof dependencySchema>;

/** Contracts and price sources behind the bundled tokens. A failure of one can be chosen as a scenario. */
export const DEPENDENCIES: readonly Dependency[] = [
  { id: 'contract:eigenlayer', kind: 'contract', name: 'EigenLayer core contracts' },
  { id: 'contract:karak', kind: 'contract', name: 'Karak contracts' },
  { id: 'contract:symbiotic', kind: 'contract', name: 'Symbiotic contracts' },
  { id: 'contract:lido', kind: 'contract', name: 'Lido contracts' },
  { id: 'contract:etherfi', kind: 'contract', name: 'ether.fi contracts' },
  { id: 'contract:renzo', kind: 'contract', name: 'Renzo contracts' },
  { id: 'contract:puffer', kind: 'contract', name: 'Puffer contracts' },
  { id: 'contract:kelp', kind: 'contract', name: 'Kelp contracts' },
  { id: 'contract:rocketpool', kind: 'contract', name: 'Rocket Pool contracts' },
  { id: 'contract:cbeth', kind: 'contract', name: 'cbETH contract' },
  { id: 'contract:mantle', kind: 'contract', name: 'mETH Protocol contracts' },
  { id: 'contract:swell', kind: 'contract', name: 'Swell contracts' },
  { id: 'oracle:renzo', kind: 'oracle', name: 'Renzo rate oracle' },
  { id: 'oracle:kelp', kind: 'oracle', name: 'Kelp rate oracle' },
  { id: 'oracle:rocketpool', kind: 'oracle', name: 'Rocket Pool oracle DAO' },
  { id: 'oracle:mantle', kind: 'oracle', name: 'mETH oracle' },
  { id: 'custodian:coinbase', kind: 'custodian', name: 'Coinbase' },
  { id: 'contract:weth', kind: 'contract', name: 'WETH contract' },
  { id: 'contract:wbtc', kind: 'contract', name: 'WBTC contract' },
  { id: 'contract:cbbtc', kind: 'contract', name: 'cbBTC contract' },
  { id: 'custodian:wbtc', kind: 'custodian', name: 'Custodian of WBTC' },
  { id: 'contract:solv', kind: 'contract', name: 'Solv contracts' },
  { id: 'contract:lombard', kind: 'contract', name: 'Lombard contracts' },
  { id: 'contract:veda-ebtc', kind: 'contract', name: 'Vault contracts of eBTC (Veda)' },
  { id: 'contract:bedrock', kind: 'contract', name: 'Bedrock contracts' },
  { id: 'contract:pumpbtc', kind: 'contract', name: 'PumpBTC contracts' },
  { id: 'oracle:solv', kind: 'oracle', name: 'Value oracle of xSolvBTC' },
  { id: 'oracle:lombard', kind: 'oracle', name: 'Rate oracle of LBTC' },
  { id: 'custodian:solv', kind: 'custodian', name: 'Custodians of SolvBTC, not all named' },
  { id: 'custodian:lombard', kind: 'custodian', name: 'Lombard’s consortium and its keys' },
  { id: 'custodian:ebtc', kind: 'custodian', name: 'Custodians of WBTC and cbBTC behind eBTC' },
  { id: 'custodian:bedrock', kind: 'custodian', name: 'Custodian of uniBTC, not disclosed' },
  { id: 'custodian:pumpbtc', kind: 'custodian', name: 'Custodians of pumpBTC' },
  { id: 'contract:babylon', kind: 'contract', name: 'Babylon staking' },
];

function token(
  symbol: string,
  name: string,
  family: 'native' | 'lst' | 'lrt' | 'btc' | 'token',
  issuer: string | null,
  dependsOn: string[],
  decimals = 18,
): Instrument {
  return { id: symbol, symbol, name, decimals, family, issuer, dependsOn };
}

/** The tokens every bundled reader knows, in the order they are shown. */
export const INSTRUMENTS: readonly Instrument[] = [
  { id: 'ETH', symbol: 'ETH', name: 'Ether', decimals: 18, family: 'native', issuer: null, dependsOn: [] },
  token('WETH', 'Wrapped ether', 'native', null, ['contract:weth']),
  token('stETH', 'Lido staked ETH', 'lst', 'Lido', ['contract:lido']),
  token('wstETH', 'Wrapped staked ETH', 'lst', 'Lido', ['contract:lido']),
  token('rETH', 'Rocket Pool ETH', 'lst', 'Rocket Pool', ['contract:rocketpool', 'oracle:rocketpool']),
  token('cbETH', 'Coinbase wrapped staked ETH', 'lst', 'Coinbase', ['contract:cbeth', 'custodian:coinbase']),
  token('mETH', 'Mantle staked ETH', 'lst', 'mETH Protocol', ['contract:mantle', 'oracle:mantle']),
  token('swETH', 'Swell staked ETH', 'lst', 'Swell', ['contract:swell']),
  token('eETH', 'ether.fi ETH', 'lrt', 'ether.fi', ['contract:etherfi', 'contract:eigenlayer']),
  token('weETH', 'Wrapped ether.fi ETH', 'lrt', 'ether.fi', ['contract:etherfi', 'contract:eigenlayer']),
  token('ezETH', 'Renzo restaked ETH', 'lrt', 'Renzo', [
    'contract:renzo',
    'contract:eigenlayer',
    'oracle:renzo',
  ]),
  token('pufETH', 'Puffer vault share', 'lrt', 'Puffer', ['contract:puffer', 'contract:eigenlayer']),
  token('rsETH', 'Kelp restaked ETH', 'lrt', 'Kelp', ['contract:kelp', 'contract:eigenlayer', 'oracle:kelp']),
  token('rswETH', 'Swell restaked ETH', 'lrt', 'Swell', ['contract:swell', 'contract:eigenlayer']),
  token('cmETH', 'Mantle restaked ETH', 'lrt', 'mETH Protocol', [
    'contract:mantle',
    'contract:eigenlayer',
    'oracle:mantle',
  ]),
  { id: 'BTC', symbol: 'BTC', name: 'Bitcoin', decimals: 8, family: 'btc', issuer: null, dependsOn: [] },
  token('WBTC', 'Wrapped BTC', 'btc', 'BitGo', ['contract:wbtc', 'custodian:wbtc'], 8),
  token('cbBTC', 'Coinbase wrapped BTC', 'btc', 'Coinbase', ['contract:cbbtc', 'custodian:coinbase'], 8),
  token('SolvBTC', 'Solv BTC', 'btc', 'Solv', ['contract:solv', 'custodian:solv']),
  token('xSolvBTC', 'Solv staked BTC', 'btc', 'Solv', [
    'contract:solv',
    'oracle:solv',
    'custodian:solv',
    'contract:babylon',
  ]),
  token(
    'LBTC',
    'Lombard staked BTC',
    'btc',
    'Lombard',
    ['contract:lombard', 'oracle:lombard', 'custodian:lombard', 'contract:babylon'],
    8,
  ),
  token(
    'eBTC',
    'ether.fi BTC',
    'btc',
    'ether.fi',
    ['contract:veda-ebtc', 'custodian:ebtc', 'custodian:lombard', 'contract:babylon'],
    8,
  ),
  token(
    'uniBTC',
    'Bedrock BTC',
    'btc',
    'Bedrock',
    ['contract:bedrock', 'custodian:bedrock', 'contract:babylon'],
    8,
  ),
  token(
    'pumpBTC',
    'Pump staked BTC',
    'btc',
    'PumpBTC',
    ['contract:pumpbtc', 'custodian:pumpbtc', 'contract:babylon'],
    8,
  ),
  token('EIGEN', 'EIGEN', 'token', 'Eigen Foundation', ['contract:eigenlayer']),
  token('bEIGEN', 'Backing EIGEN', 'token', 'Eigen Foundation', ['contract:eigenlayer']),
];

/** Bitcoin under Babylon's scripts: its owner's alone to withdraw, and within reach of a slashing until then. */
export const BABYLON_STAKE: Instrument = {
  id: 'babylon:stake',
  symbol: 'BTC in Babylon',
  name: 'Bitcoin, staked with Babylon',
  decimals: 8,
  family: 'restaked',
  issuer: 'Babylon',
  dependsOn: ['contract:babylon'],
};

export function findInstrument(id: string): Instrument | undefined {
  return INSTRUMENTS.find((instrument) => instrument.id === id);
}
