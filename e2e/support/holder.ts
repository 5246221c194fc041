/** Somebody with a position on the test chain, whose every figure can be worked out on paper. */
import { getAddress } from 'viem';
import { wad } from '../nodes/deployment.ts';
import type { Desk } from './desk.ts';
import type { Chain } from './fixtures.ts';

export const HOLDER = getAddress('0x00000000000000000000000000000000000a11ce');
export const NETWORK = 'anvil test network';
export const PORTFOLIO = 'Family office';
export const LABEL = 'Cold storage';

/**
 * 100 ETH restaked with an operator that gives half of its magnitude to a service; 40 of them queued for withdrawal; then
 * the service takes half of what it was given, a quarter of all. What is left: 45 of 60, and 30 of 40. And 4 weETH at a
 * rate of 1.05, which no slashing of this operator reaches.
 */
export async function giveHolderPositions(chain: Chain): Promise<void> {
  const { strategies, operators, operatorSets } = chain;
  const { beaconChainETH } = strategies;
  await chain.depositAndDelegate(HOLDER, beaconChainETH, 100n * wad, operators.first);
  await chain.allocate(operators.first, operatorSets.first, beaconChainETH, wad / 2n);
  await chain.queueWithdrawal(HOLDER, beaconChainETH, 40n * wad);
  await chain.slash(operators.first, operatorSets.first, wad / 2n, [beaconChainETH]);
  await chain.fund(HOLDER, { weETH: 4n * wad });
}

/** Imports the network, names its node, and watches the holder, or another, in a portfolio of its own: everything but the reading. */
export async function watchHolder(desk: Desk, chain: Chain, rpcUrl: string, who = HOLDER): Promise<void> {
  await desk.go('settings');
  await desk.settings.importNetwork({ name: 'anvil.json', json: chain.networkFile });
  await desk.settings.setNode(NETWORK, rpcUrl);
  await desk.createPortfolio(PORTFOLIO, NETWORK);
  await desk.positions.addDialog.open();
  await desk.positions.addDialog.add(who, LABEL);
}
