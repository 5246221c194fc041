/** Somebody with one of everything that Ballast reads on Ethereum, in every state it can be in. */
import { getAddress } from 'viem';
import type { Position } from '../../shared/domain/position.ts';
import { wad } from '../nodes/deployment.ts';
import {
  fillRenzo,
  finalizeEtherfi,
  finalizeLido,
  requestFromEtherfi,
  requestFromKelp,
  requestFromLido,
  requestFromRenzo,
} from '../nodes/requests.ts';
import { leaveKarak, leaveSymbiotic, stakeWithKarak, stakeWithSymbiotic } from '../nodes/vaults.ts';
import type { Chain } from './fixtures.ts';

export const COLLECTOR = getAddress('0x000000000000000000000000000000000000e7e4');

/** What it holds, as the table names it. Deposits of native ETH are delegated; one withdrawal is queued, one done waiting. */
export const EVERYTHING: readonly (readonly [token: string, state: Position['state'], count?: number])[] = [
  ['ETH', 'held'],
  ['WETH', 'held'],
  ['stETH', 'held'],
  ['wstETH', 'held'],
  ['eETH', 'held'],
  ['weETH', 'held'],
  ['ezETH', 'held'],
  ['pufETH', 'held'],
  ['rsETH', 'held'],
  ['rswETH', 'held'],
  ['swETH', 'held'],
  ['rETH', 'held'],
  ['cbETH', 'held'],
  ['mETH', 'held'],
  ['cmETH', 'held'],
  ['WBTC', 'held'],
  ['cbBTC', 'held'],
  ['SolvBTC', 'held'],
  ['xSolvBTC', 'held'],
  ['LBTC', 'held'],
  ['eBTC', 'held'],
  ['uniBTC', 'held'],
  ['pumpBTC', 'held'],
  ['EIGEN', 'held'],
  ['stETH in EigenLayer', 'delegated'],
  ['bEIGEN in EigenLayer', 'delegated'],
  ['ETH in EigenLayer', 'delegated'],
  ['stETH in EigenLayer', 'queued'],
  ['stETH in EigenLayer', 'completable'],
  ['ETH from Lido', 'requested'],
  ['ETH from Lido', 'claimable'],
  ['ETH from ether.fi', 'requested'],
  ['ETH from ether.fi', 'claimable'],
  ['ETH from Renzo', 'requested'],
  ['ETH from Kelp', 'requested'],
  ['rsETH in Karak', 'restaked'],
  ['rsETH in Karak', 'queued'],
  ['rsETH in Symbiotic', 'restaked', 2],
  ['rsETH in Symbiotic', 'queued'],
];

/** Both services hold a part of the stETH; the first will have less of it, the second more, and a slash has happened. */
export async function giveEverything(chain: Chain): Promise<void> {
  const { strategies, operators, operatorSets } = chain;
  const amount = 10n * wad;
  await chain.fund(COLLECTOR, {
    eth: amount,
    stETH: 2n * amount,
    wstETH: amount,
    weETH: amount,
    eETH: 2n * amount,
    ezETH: 2n * amount,
    pufETH: amount,
    rsETH: 2n * amount,
    rswETH: amount,
    swETH: amount,
    rETH: amount,
    cbETH: amount,
    mETH: amount,
    cmETH: amount,
    WETH: amount,
    WBTC: 10_000_000n,
    cbBTC: 10_000_000n,
    SolvBTC: wad / 10n,
    xSolvBTC: wad / 5n,
    LBTC: 20_000_000n,
    eBTC: 10_000_000n,
    uniBTC: 10_000_001n,
    pumpBTC: 10_000_000n,
    EIGEN: amount,
  });
  await chain.depositAndDelegate(COLLECTOR, strategies.stETH, 12n * wad, operators.first);
  await chain.depositAndDelegate(COLLECTOR, strategies.EIGEN, amount);
  await chain.depositAndDelegate(COLLECTOR, strategies.beaconChainETH, 32n * wad);
  await chain.allocate(operators.first, operatorSets.first, strategies.stETH, wad / 2n);
  await chain.allocate(operators.first, operatorSets.first, strategies.beaconChainETH, wad / 4n);
  await chain.queueWithdrawal(COLLECTOR, strategies.stETH, 2n * wad);
  await chain.slash(operators.first, operatorSets.first, wad / 10n, [strategies.stETH]);
  await chain.client.mine({ blocks: 12 });
  await requestFromLido(chain, COLLECTOR, 2n * wad);
  await requestFromLido(chain, COLLECTOR, 3n * wad);
  await finalizeLido(chain, 1n, 1_200_000_000_000_000_000n);
  await requestFromEtherfi(chain, COLLECTOR, 2n * wad);
  await requestFromEtherfi(chain, COLLECTOR, 3n * wad);
  await finalizeEtherfi(chain, 1n);
  await requestFromRenzo(chain, COLLECTOR, wad);
  await fillRenzo(chain, wad);
  await requestFromKelp(chain, COLLECTOR, wad);
  await stakeWithKarak(chain, COLLECTOR, 5n * wad);
  await leaveKarak(chain, COLLECTOR, wad);
  await stakeWithSymbiotic(chain, COLLECTOR, 5n * wad);
  await leaveSymbiotic(chain, COLLECTOR, 2n * wad);
  await stakeWithSymbiotic(chain, COLLECTOR, 5n * wad, 'SymbioticVaultV2');
  await chain.queueWithdrawal(COLLECTOR, strategies.stETH, 3n * wad);
  await chain.allocate(operators.first, operatorSets.second, strategies.stETH, wad / 5n);
  await chain.allocate(operators.first, operatorSets.first, strategies.stETH, wad / 10n);
}
