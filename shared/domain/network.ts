/**
 * Network files: where the contracts of a deployment are. Addresses are data, so that the same readers work on any
 * deployment a user can name.
 */
import { z } from 'zod';
import { keepVisible } from '../format/visible-text.ts';
import { bitcoinNetworkSchema, type BitcoinNetwork } from './bitcoin.ts';
import { evmAddressSchema } from './address.ts';

/** Names a reader may ask for. A network file gives those it has; a missing one is "not available", never an error. */
export const CONTRACT_NAMES = [
  'Multicall3',
  'ENSUniversalResolver',
  'WETH',
  'stETH',
  'wstETH',
  'eETH',
  'weETH',
  'ezETH',
  'RenzoRateProvider',
  'pufETH',
  'rsETH',
  'LRTOracle',
  'rETH',
  'cbETH',
  'mETH',
  'MantleStaking',
  'cmETH',
  'swETH',
  'rswETH',
  'LidoWithdrawalQueue',
  'RenzoWithdrawQueue',
  'LRTConfig',
  'LRTWithdrawalManager',
  'RestakeManager',
  'LRTDepositPool',
  'PufferProtocol',
  'WithdrawRequestNFT',
  'EtherFiStakingManager',
  'EtherFiLiquidityPool',
  'EtherFiRestaker',
  'SwellEigenLayerManager',
  'AVSDirectory',
  'WBTC',
  'cbBTC',
  'SolvBTC',
  'xSolvBTC',
  'XSolvBTCOracle',
  'LBTC',
  'StakedLBTCOracle',
  'eBTC',
  'eBTCAccountant',
  'uniBTC',
  'pumpBTC',
  'EIGEN',
  'bEIGEN',
  'DelegationManager',
  'AllocationManager',
  'StrategyManager',
  'EigenPodManager',
  'RewardsCoordinator',
  'VaultSupervisor',
  'DelegationSupervisor',
  'ChainlinkETHUSD',
  'ChainlinkBTCUSD',
] as const;
export type ContractName = (typeof CONTRACT_NAMES)[number];

export const CERTAINTIES = ['confirmed', 'secondary', 'disputed', 'unconfirmed', 'user'] as const;

/** Each is asked about every account, and about its last epochs. */
const MOST_VAULTS = 64;

const contractEntrySchema = z.union([
  evmAddressSchema.transform((address) => ({ address, certainty: 'user' as const, source: null })),
  z.object({
    address: evmAddressSchema,
    certainty: z.enum(CERTAINTIES),
    source: z.string().nullable(),
  }),
]);

export const networkSchema = z.strictObject({
  schema: z.literal('ballast-network/1'),
  /** It stands in sentences and on terminals, so only what can be seen of it is kept. */
  name: z.string().max(60).transform(keepVisible).pipe(z.string().min(1)),
  chainId: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  /** `{ "weETH": "0x…" }`, or with certainty and source where they are known. */
  contracts: z.partialRecord(z.enum(CONTRACT_NAMES), contractEntrySchema),
  /** Where Bitcoin accounts beside the Ethereum ones are watched; left out: mainnet beside Ethereum, else nowhere. */
  bitcoin: bitcoinNetworkSchema.optional(),
  /** Symbiotic's vaults to look into: no view leads from an owner to them. */
  symbioticVaults: z.array(evmAddressSchema).max(MOST_VAULTS).default([]),
  /** Seconds after which the ETH/USD feed's answer is stale. */
  ethUsdHeartbeat: z.number().int().positive().default(3600),
  /** The same of the BTC/USD feed. */
  btcUsdHeartbeat: z.number().int().positive().default(3600),
  /** Seconds between blocks, for turning a block into a date. */
  blockSeconds: z.number().positive().default(12),
  /** No event that is read is in a block before this one: where the look at events begins. */
  logsFrom: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  note: z.string().optional(),
});
/** A checked network file. */
export type Network = z.output<typeof networkSchema>;

const ETHEREUM_CHAIN_ID = 1;

/** Null: the file names none, and its chain is not Ethereum's own. */
export function bitcoinNetworkOf({ bitcoin, chainId }: Network): BitcoinNetwork | null {
  return bitcoin ?? (chainId === ETHEREUM_CHAIN_ID ? 'mainnet' : null);
}

export const ETHEREUM_NETWORK_ID = 'ethereum';
