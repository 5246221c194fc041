/** What users and operators do with the issuers' withdrawal queues of a deployment. What is given back must be held. */
import type { Address } from 'viem';
import { nativeToken, type Deployment } from './deployment.ts';

/** Plays the oracle and the operators; it gets the ether it spends. */
const operator: Address = '0x0900000000000000000000000000000000000077';

async function approve(
  chain: Deployment,
  token: 'stETH' | 'eETH' | 'ezETH' | 'rsETH',
  owner: Address,
  to: Address,
) {
  await chain.send(token, { from: owner, functionName: 'approve', args: [to, 2n ** 200n] });
}

export async function requestFromLido(chain: Deployment, owner: Address, amount: bigint): Promise<void> {
  await approve(chain, 'stETH', owner, chain.contracts.LidoWithdrawalQueue.address);
  const args = [[amount], owner];
  await chain.send('LidoWithdrawalQueue', { from: owner, functionName: 'requestWithdrawals', args });
}

/** Settles all requests up to `lastId` at `rate` (wei per 1e18 shares), with more ether than it takes. */
export async function finalizeLido(chain: Deployment, lastId: bigint, rate: bigint): Promise<void> {
  const value = 10_000n * 10n ** 18n;
  await chain.fund(operator, { eth: value });
  const args = [lastId, rate * 10n ** 9n];
  await chain.send('LidoWithdrawalQueue', { from: operator, functionName: 'finalize', args, value });
}

export async function claimFromLido(chain: Deployment, owner: Address, id: bigint): Promise<void> {
  const last = await chain.read<bigint>('LidoWithdrawalQueue', 'getLastCheckpointIndex');
  const hints = await chain.read<bigint[]>('LidoWithdrawalQueue', 'findCheckpointHints', [[id], 1n, last]);
  const args = [[id], hints];
  await chain.send('LidoWithdrawalQueue', { from: owner, functionName: 'claimWithdrawals', args });
}

export async function requestFromRenzo(
  chain: Deployment,
  owner: Address,
  amount: bigint,
  token: Address = nativeToken,
): Promise<void> {
  await approve(chain, 'ezETH', owner, chain.contracts.RenzoWithdrawQueue.address);
  await chain.send('RenzoWithdrawQueue', { from: owner, functionName: 'withdraw', args: [amount, token] });
}

export async function fillRenzo(chain: Deployment, wei: bigint): Promise<void> {
  await chain.fund(operator, { eth: wei });
  await chain.send('RenzoWithdrawQueue', { from: operator, functionName: 'fillEther', value: wei });
}

export async function claimFromRenzo(chain: Deployment, owner: Address, index: bigint): Promise<void> {
  await chain.send('RenzoWithdrawQueue', { from: owner, functionName: 'claim', args: [index, owner] });
}

export async function requestFromKelp(
  chain: Deployment,
  owner: Address,
  amount: bigint,
  token: Address = nativeToken,
): Promise<void> {
  await approve(chain, 'rsETH', owner, chain.contracts.LRTWithdrawalManager.address);
  const args = [token, amount, ''];
  await chain.send('LRTWithdrawalManager', { from: owner, functionName: 'initiateWithdrawal', args });
}

/** Brings `wei` of ether, and unlocks what it and the delay allow. */
export async function unlockKelp(
  chain: Deployment,
  wei: bigint,
  token: Address = nativeToken,
): Promise<void> {
  await chain.fund(operator, { eth: wei });
  await chain.send('LRTWithdrawalManager', { from: operator, functionName: 'putEther', value: wei });
  const args = [token, 2n ** 200n];
  await chain.send('LRTWithdrawalManager', { from: operator, functionName: 'unlockQueue', args });
}

export async function claimFromKelp(
  chain: Deployment,
  owner: Address,
  token: Address = nativeToken,
): Promise<void> {
  const args = [token, ''];
  await chain.send('LRTWithdrawalManager', { from: owner, functionName: 'completeWithdrawal', args });
}

export async function requestFromEtherfi(
  chain: Deployment,
  owner: Address,
  amount: bigint,
  feeGwei = 0n,
): Promise<void> {
  await approve(chain, 'eETH', owner, chain.contracts.WithdrawRequestNFT.address);
  const args = [amount, feeGwei];
  await chain.send('WithdrawRequestNFT', { from: owner, functionName: 'requestWithdraw', args });
}

/** Settles all requests up to `lastId`, with more ether than it takes. */
export async function finalizeEtherfi(chain: Deployment, lastId: bigint): Promise<void> {
  await chain.fund(chain.contracts.WithdrawRequestNFT.address, { eth: 10_000n * 10n ** 18n });
  await chain.send('WithdrawRequestNFT', {
    from: operator,
    functionName: 'finalizeRequests',
    args: [lastId],
  });
}

export async function claimFromEtherfi(chain: Deployment, owner: Address, id: bigint): Promise<void> {
  await chain.send('WithdrawRequestNFT', { from: owner, functionName: 'claimWithdraw', args: [id] });
}
