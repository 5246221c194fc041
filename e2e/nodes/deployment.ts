import type { Address } from 'viem';
import { namehash, zeroHash } from 'viem';
import { CONTRACT_NAMES, type ContractName } from '../../shared/domain/network.ts';
import type { Anvil } from './anvil.ts';
import type { CallOptions, Deployed } from './calls.ts';
import { deployAll, readView, sendCall } from './calls.ts';
import { operators, services, setUpOperators } from './operators.ts';
import { planVaults, symbioticSlasher, type VaultKey, type VaultOptions } from './vault-plans.ts';

/** Native ETH as a strategy: no contract lives at this address, on mainnet neither. */
export const beaconChainETH: Address = '0xbeaC0eeEeeeeEEeEeEEEEeeEEeEeeeEeeEEBEaC0';

/** How Renzo and Kelp write ETH where a token is expected. */
export const nativeToken: Address = '0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE';

export const wad = 10n ** 18n;

/** The contracts a network file may name. */
export type NamedContract = ContractName;
export type ContractKey =
  NamedContract | 'ENSRegistry' | 'ENSResolver' | 'StETHStrategy' | 'EigenStrategy' | VaultKey;

/** What the program reads instead of its built-in mainnet addresses. */
export interface NetworkFile {
  schema: 'ballast-network/1';
  name: string;
  chainId: number;
  contracts: Record<NamedContract, Address>;
  symbioticVaults: Address[];
}

export interface OperatorSet {
  avs: Address;
  id: number;
}

export interface Withdrawal {
  staker: Address;
  delegatedTo: Address;
  withdrawer: Address;
  nonce: bigint;
  startBlock: number;
  strategies: readonly Address[];
  scaledShares: readonly bigint[];
}

/** ETH per token, or BTC of the last three, 1e18. stETH and wstETH share one rate (a share of stETH), so do eETH and weETH. */
export type RateName =
  | 'stETH'
  | 'wstETH'
  | 'eETH'
  | 'weETH'
  | 'ezETH'
  | 'pufETH'
  | 'rsETH'
  | 'rETH'
  | 'cbETH'
  | 'mETH'
  | 'cmETH'
  | 'swETH'
  | 'rswETH'
  | 'xSolvBTC'
  | 'LBTC'
  | 'eBTC';
export type TokenName = RateName | 'WETH' | 'WBTC' | 'cbBTC' | 'SolvBTC' | 'uniBTC' | 'pumpBTC';
/** Amounts in the token's smallest unit; `eth` is added to the balance, tokens are minted. */
export type Funding = Partial<Record<TokenName | 'EIGEN' | 'bEIGEN' | 'eth', bigint>>;

export interface DeploymentOptions extends VaultOptions {
  /** Blocks a queued withdrawal waits, and stays slashable. Mainnet 100,800; default 10. */
  withdrawalDelayBlocks?: number;
  /** Blocks a deallocation stays slashable. Mainnet 100,800; default 10. */
  deallocationDelayBlocks?: number;
  /** Blocks before a changed allocation delay holds. Mainnet 126,000; default 5. */
  allocationConfigurationDelayBlocks?: number;
  /** Blocks before an allocation counts, for both operators. Default 0. */
  allocationDelayBlocks?: number;
  rates?: Partial<typeof defaultRates>;
  /** Seconds a request with Renzo cools down. Default 3 days. */
  coolDownSeconds?: number;
  /** US dollars per ETH, 1e8. Default 3,000 dollars. */
  priceUsdE8?: bigint;
}

export interface Deployment {
  contracts: Record<ContractKey, Deployed>;
  networkFile: NetworkFile;
  strategies: { stETH: Address; EIGEN: Address; beaconChainETH: Address };
  operators: { first: Address; second: Address };
  services: { first: Address; second: Address };
  /** `first`: both strategies, burns. `second`: stETH only, redistributes to the second service. */
  operatorSets: { first: OperatorSet; second: OperatorSet };

  read<T>(contract: ContractKey, functionName: string, args?: readonly unknown[]): Promise<T>;
  send(contract: ContractKey, options: CallOptions): Promise<void>;

  fund(account: Address, funding: Funding): Promise<void>;
  setRate(name: RateName, rate: bigint): Promise<void>;
  setPrice(usdE8: bigint, ageSeconds?: number): Promise<void>;
  setBtcPrice(usdE8: bigint, ageSeconds?: number): Promise<void>;
  setEnsName(name: string, account: Address): Promise<void>;

  /** Mints what is deposited. Delegates when the account is not delegated yet and an operator is given. */
  depositAndDelegate(account: Address, strategy: Address, amount: bigint, operator?: Address): Promise<void>;
  /** Magnitude: part of the operator's stake, 1e18 = all. */
  allocate(operator: Address, set: OperatorSet, strategy: Address, magnitude: bigint): Promise<void>;
  queueWithdrawal(account: Address, strategy: Address, depositShares: bigint): Promise<Withdrawal>;
  completeWithdrawal(withdrawal: Withdrawal, receiveAsTokens?: boolean): Promise<void>;
  /** Slashes part `part` (1e18 = all) of the operator's allocation to the set, in each strategy. */
  slash(operator: Address, set: OperatorSet, part: bigint, strategies?: readonly Address[]): Promise<void>;
  /** A loss on the beacon chain, in wei, noticed by a checkpoint of the account's pod. */
  recordBeaconChainLoss(account: Address, lossWei: bigint): Promise<void>;
}

const deployer: Address = '0xde00000000000000000000000000000000000001';
const defaultRates = {
  stETH: 1_200_000_000_000_000_000n,
  eETH: 1_050_000_000_000_000_000n,
  ezETH: 1_030_000_000_000_000_000n,
  pufETH: 1_060_000_000_000_000_000n,
  rsETH: 1_040_000_000_000_000_000n,
  rETH: 1_150_000_000_000_000_000n,
  cbETH: 1_110_000_000_000_000_000n,
  mETH: 1_070_000_000_000_000_000n,
  swETH: 1_090_000_000_000_000_000n,
  rswETH: 1_080_000_000_000_000_000n,
  xSolvBTC: 1_020_000_000_000_000_000n,
  LBTC: 1_000_000_000_000_000_000n,
  eBTC: 1_010_000_000_000_000_000n,
};

/**
 * Deploys every stand-in contract in one block and sets up two operators and two services, with
 * the first operator registered in both operator sets and the second in the first. Nothing is
 * allocated, nobody has a deposit. Meant to be called once per chain; use snapshot and revert.
 */
export async function deployEverything(anvil: Anvil, options: DeploymentOptions = {}): Promise<Deployment> {
  const { client } = anvil;
  const rates = { ...defaultRates, ...options.rates };
  const withdrawalDelay = options.withdrawalDelayBlocks ?? 10;
  const deallocationDelay = options.deallocationDelayBlocks ?? 10;
  const configurationDelay = options.allocationConfigurationDelayBlocks ?? 5;

  const contracts = await deployAll<ContractKey>(client, deployer, (at) => ({
    Multicall3: { contract: 'Multicall3' },
    ENSRegistry: { contract: 'ENSRegistry' },
    ENSResolver: { contract: 'PublicResolver' },
    ENSUniversalResolver: { contract: 'UniversalResolver', args: [at('ENSRegistry')] },
    stETH: { contract: 'StETH', args: [rates.stETH] },
    wstETH: { contract: 'WstETH', args: [at('stETH')] },
    eETH: { contract: 'EETH', args: [rates.eETH] },
    weETH: { contract: 'WeETH', args: [at('eETH')] },
    ezETH: { contract: 'TestToken', args: ['Renzo Restaked ETH', 'ezETH'] },
    RenzoRateProvider: { contract: 'BalancerRateProvider', args: [rates.ezETH] },
    WETH: { contract: 'TestToken', args: ['Wrapped Ether', 'WETH'] },
    pufETH: { contract: 'PufferVault', args: [at('WETH')] },
    rsETH: { contract: 'TestToken', args: ['Kelp Restaked ETH', 'rsETH'] },
    LRTOracle: { contract: 'LRTOracle', args: [rates.rsETH] },
    rETH: { contract: 'RETH', args: [rates.rETH] },
    cbETH: { contract: 'CbETH', args: [rates.cbETH] },
    mETH: { contract: 'TestToken', args: ['mETH', 'mETH'] },
    MantleStaking: { contract: 'MantleStaking', args: [rates.mETH] },
    cmETH: { contract: 'TestToken', args: ['cmETH', 'cmETH'] },
    swETH: { contract: 'SwellToken', args: ['swETH', rates.swETH] },
    rswETH: { contract: 'SwellToken', args: ['rswETH', rates.rswETH] },
    LidoWithdrawalQueue: { contract: 'LidoWithdrawalQueue', args: [at('stETH')] },
    RenzoWithdrawQueue: {
      contract: 'RenzoWithdrawQueue',
      args: [at('ezETH'), at('RenzoRateProvider'), options.coolDownSeconds ?? 259_200],
    },
    LRTConfig: { contract: 'LRTConfig', args: [[nativeToken, at('stETH')]] },
    LRTWithdrawalManager: {
      contract: 'LRTWithdrawalManager',
      args: [at('rsETH'), at('LRTOracle'), withdrawalDelay],
    },
    RestakeManager: { contract: 'RestakeManager' },
    LRTDepositPool: { contract: 'LRTDepositPool' },
    PufferProtocol: { contract: 'PufferProtocol' },
    WithdrawRequestNFT: { contract: 'WithdrawRequestNFT', args: [at('eETH')] },
    EtherFiStakingManager: { contract: 'EtherFiStakingManager' },
    EtherFiLiquidityPool: { contract: 'EtherFiLiquidityPool' },
    EtherFiRestaker: { contract: 'EtherFiRestaker' },
    SwellEigenLayerManager: { contract: 'SwellEigenLayerManager' },
    AVSDirectory: { contract: 'AVSDirectory' },
    WBTC: { contract: 'SatoshiToken', args: ['Wrapped BTC', 'WBTC'] },
    cbBTC: { contract: 'SatoshiToken', args: ['Coinbase Wrapped BTC', 'cbBTC'] },
    SolvBTC: { contract: 'TestToken', args: ['Solv BTC', 'SolvBTC'] },
    xSolvBTC: { contract: 'TestToken', args: ['xSolvBTC', 'xSolvBTC'] },
    XSolvBTCOracle: { contract: 'XSolvBTCOracle', args: [at('xSolvBTC'), rates.xSolvBTC] },
    LBTC: { contract: 'SatoshiToken', args: ['Lombard Staked Bitcoin', 'LBTC'] },
    StakedLBTCOracle: { contract: 'StakedLBTCOracle', args: [rates.LBTC] },
    eBTC: { contract: 'SatoshiToken', args: ['ether.fi BTC', 'eBTC'] },
    eBTCAccountant: { contract: 'Accountant', args: [rates.eBTC] },
    uniBTC: { contract: 'SatoshiToken', args: ['uniBTC', 'uniBTC'] },
    pumpBTC: { contract: 'SatoshiToken', args: ['pumpBTC', 'pumpBTC'] },
    bEIGEN: { contract: 'TestToken', args: ['Backing Eigen', 'bEIGEN'] },
    EIGEN: { contract: 'TestToken', args: ['Eigen', 'EIGEN'] },
    ChainlinkETHUSD: { contract: 'PriceFeed', args: [8, 'ETH / USD'] },
    ChainlinkBTCUSD: { contract: 'PriceFeed', args: [8, 'BTC / USD'] },
    StrategyManager: { contract: 'StrategyManager', args: [at('DelegationManager')] },
    EigenPodManager: { contract: 'EigenPodManager', args: [at('DelegationManager')] },
    RewardsCoordinator: { contract: 'RewardsCoordinator' },
    AllocationManager: {
      contract: 'AllocationManager',
      args: [at('DelegationManager'), deallocationDelay, configurationDelay],
    },
    DelegationManager: {
      contract: 'DelegationManager',
      args: [at('StrategyManager'), at('EigenPodManager'), at('AllocationManager'), withdrawalDelay],
    },
    ...planVaults(at, options),
    StETHStrategy: { contract: 'Strategy', args: [at('StrategyManager'), at('stETH')] },
    EigenStrategy: { contract: 'Strategy', args: [at('StrategyManager'), at('bEIGEN')] },
  }));

  const strategies = {
    stETH: contracts.StETHStrategy.address,
    EIGEN: contracts.EigenStrategy.address,
    beaconChainETH,
  };
  const tokenOf = (strategy: Address): 'stETH' | 'bEIGEN' =>
    strategy === strategies.EIGEN ? 'bEIGEN' : 'stETH';
  const operatorSets = { first: { avs: services.first, id: 0 }, second: { avs: services.second, id: 1 } };
  const read: Deployment['read'] = (contract, functionName, args) =>
    readView(client, contracts[contract], functionName, args);
  const send: Deployment['send'] = async (contract, call) => {
    await sendCall(client, contracts[contract], call);
  };
  const asDeployer = (contract: ContractKey, functionName: string, args: readonly unknown[]): Promise<void> =>
    send(contract, { from: deployer, functionName, args });

  const setFeed =
    (feed: 'ChainlinkETHUSD' | 'ChainlinkBTCUSD'): Deployment['setPrice'] =>
    async (usdE8, ageSeconds = 0) => {
      const { timestamp } = await client.getBlock();
      await asDeployer(feed, 'set', [usdE8, timestamp - BigInt(ageSeconds)]);
    };
  const setPrice = setFeed('ChainlinkETHUSD');
  const setBtcPrice = setFeed('ChainlinkBTCUSD');

  const setRate: Deployment['setRate'] = async (name, rate) => {
    const holders = { stETH: 'stETH', wstETH: 'stETH', eETH: 'eETH', weETH: 'eETH' } as const;
    const oracles = {
      ezETH: 'RenzoRateProvider',
      rsETH: 'LRTOracle',
      mETH: 'MantleStaking',
      cmETH: 'MantleStaking',
      xSolvBTC: 'XSolvBTCOracle',
      LBTC: 'StakedLBTCOracle',
      eBTC: 'eBTCAccountant',
    } as const;
    const places: Partial<Record<RateName, ContractKey>> = { ...holders, ...oracles };
    await asDeployer(places[name] ?? name, 'setRate', [rate]);
  };

  const fund: Deployment['fund'] = async (account, { eth, ...tokens }) => {
    if (eth !== undefined) {
      const value = (await client.getBalance({ address: account })) + eth;
      await client.setBalance({ address: account, value });
    }
    for (const [name, amount] of Object.entries(tokens) as [keyof typeof tokens, bigint][]) {
      await asDeployer(name, name === 'pufETH' ? 'mintBacked' : 'mint', [account, amount]);
    }
  };

  const setEnsName: Deployment['setEnsName'] = async (name, account) => {
    const resolver = contracts.ENSResolver.address;
    const reverse = namehash(`${account.slice(2).toLowerCase()}.addr.reverse`);
    await asDeployer('ENSRegistry', 'setRecord', [namehash(name), account, resolver]);
    await asDeployer('ENSResolver', 'setAddr', [namehash(name), account]);
    await asDeployer('ENSRegistry', 'setRecord', [reverse, account, resolver]);
    await asDeployer('ENSResolver', 'setName', [reverse, name]);
  };

  const depositAndDelegate: Deployment['depositAndDelegate'] = async (
    account,
    strategy,
    amount,
    operator,
  ) => {
    if (strategy === beaconChainETH) {
      await fund(account, { eth: amount });
      await send('EigenPodManager', { from: account, functionName: 'restake', value: amount });
    } else {
      const token = tokenOf(strategy);
      await fund(account, { [token]: amount });
      await send(token, {
        from: account,
        functionName: 'approve',
        args: [contracts.StrategyManager.address, amount],
      });
      const args = [strategy, contracts[token].address, amount];
      await send('StrategyManager', { from: account, functionName: 'depositIntoStrategy', args });
    }
    if (operator === undefined || (await read<boolean>('DelegationManager', 'isDelegated', [account])))
      return;
    const args = [operator, { signature: '0x', expiry: 0n }, zeroHash];
    await send('DelegationManager', { from: account, functionName: 'delegateTo', args });
  };

  const allocate: Deployment['allocate'] = async (operator, operatorSet, strategy, magnitude) => {
    const change = { operatorSet, strategies: [strategy], newMagnitudes: [magnitude] };
    const args = [operator, [change]];
    await send('AllocationManager', { from: operator, functionName: 'modifyAllocations', args });
  };

  const queueWithdrawal: Deployment['queueWithdrawal'] = async (account, strategy, depositShares) => {
    const params = { strategies: [strategy], depositShares: [depositShares], withdrawer: account };
    await send('DelegationManager', { from: account, functionName: 'queueWithdrawals', args: [[params]] });
    const [withdrawals] = await read<[Withdrawal[], bigint[][]]>(
      'DelegationManager',
      'getQueuedWithdrawals',
      [account],
    );
    const last = withdrawals.reduce((a, b) => (b.nonce > a.nonce ? b : a));
    return last;
  };

  const completeWithdrawal: Deployment['completeWithdrawal'] = async (withdrawal, receiveAsTokens = true) => {
    const tokens = withdrawal.strategies.map((strategy) =>
      strategy === beaconChainETH ? beaconChainETH : contracts[tokenOf(strategy)].address,
    );
    const args = [withdrawal, tokens, receiveAsTokens];
    await send('DelegationManager', {
      from: withdrawal.withdrawer,
      functionName: 'completeQueuedWithdrawal',
      args,
    });
  };

  const slash: Deployment['slash'] = async (operator, set, part, chosen) => {
    const all = chosen ?? (await read<Address[]>('AllocationManager', 'getStrategiesInOperatorSet', [set]));
    // The contract wants them in ascending order.
    const ordered = [...all].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    const params = {
      operator,
      operatorSetId: set.id,
      strategies: ordered,
      wadsToSlash: ordered.map(() => part),
      description: 'test',
    };
    await send('AllocationManager', {
      from: set.avs,
      functionName: 'slashOperator',
      args: [set.avs, params],
    });
  };

  const recordBeaconChainLoss: Deployment['recordBeaconChainLoss'] = (account, lossWei) =>
    asDeployer('EigenPodManager', 'recordBeaconChainLoss', [account, lossWei]);

  await setUpOperators(send, strategies, options.allocationDelayBlocks ?? 0);
  const modules = [contracts.SymbioticDelegator.address, symbioticSlasher];
  await asDeployer('SymbioticVault', 'setModules', modules);
  for (const adapter of ['SymbioticAppAdapter', 'SymbioticYieldAdapter'] as const) {
    await asDeployer('SymbioticUniversalDelegator', 'addAdapter', [contracts[adapter].address]);
  }
  // pufETH's rate is what its vault holds, so there must be some before it can be set.
  await fund(deployer, { pufETH: 1_000n * wad });
  await setRate('pufETH', rates.pufETH);
  await setPrice(options.priceUsdE8 ?? 300_000_000_000n);
  await setBtcPrice(9_000_000_000_000n);

  const addresses = CONTRACT_NAMES.map((name) => [name, contracts[name].address]);
  const networkFile: NetworkFile = {
    schema: 'ballast-network/1',
    name: 'anvil test network',
    chainId: anvil.chainId,
    // Object.fromEntries forgets the keys, which are those of the list.
    contracts: Object.fromEntries(addresses) as NetworkFile['contracts'],
    symbioticVaults: [contracts.SymbioticVault.address, contracts.SymbioticVaultV2.address],
  };

  return {
    contracts,
    networkFile,
    strategies,
    operators,
    services,
    operatorSets,
    read,
    send,
    fund,
    setRate,
    setPrice,
    setBtcPrice,
    setEnsName,
    depositAndDelegate,
    allocate,
    queueWithdrawal,
    completeWithdrawal,
    slash,
    recordBeaconChainLoss,
  };
}
