/** What stakers, services and the passing of time do with the vaults of a deployment. */
import type { Address } from 'viem';
import type { Deployment } from './deployment.ts';
import { symbioticSlasher } from './vault-plans.ts';

type KarakVault = 'KarakVault' | 'KarakWethVault';

/** As the contract lists it. */
interface KarakWithdrawal {
  readonly nonce: bigint;
}

/** Mints what is staked: the vault's token. */
export async function stakeWithKarak(
  chain: Deployment,
  owner: Address,
  amount: bigint,
  vault: KarakVault = 'KarakVault',
): Promise<void> {
  const token = vault === 'KarakVault' ? 'rsETH' : 'WETH';
  await chain.send(token, { from: owner, functionName: 'mint', args: [owner, amount] });
  const args = [chain.contracts.VaultSupervisor.address, amount];
  await chain.send(token, { from: owner, functionName: 'approve', args });
  await chain.send('VaultSupervisor', {
    from: owner,
    functionName: 'deposit',
    args: [chain.contracts[vault].address, amount],
  });
}

/** Starts one withdrawal of so many shares of each of the vaults. */
export async function leaveKarak(
  chain: Deployment,
  owner: Address,
  shares: bigint,
  vaults: readonly KarakVault[] = ['KarakVault'],
): Promise<void> {
  const request = {
    vaults: vaults.map((vault) => chain.contracts[vault].address),
    shares: vaults.map(() => shares),
    withdrawer: owner,
  };
  await chain.send('DelegationSupervisor', {
    from: owner,
    functionName: 'startWithdraw',
    args: [[request]],
  });
}

/** Redeems what was asked back under this number, when its delay is over. */
export async function claimFromKarak(chain: Deployment, owner: Address, nonce: bigint): Promise<void> {
  const list = await chain.read<KarakWithdrawal[]>('DelegationSupervisor', 'fetchQueuedWithdrawals', [owner]);
  const args = [list.filter((withdrawal) => withdrawal.nonce === nonce)];
  await chain.send('DelegationSupervisor', { from: owner, functionName: 'finishWithdraw', args });
}

export async function slashKarak(
  chain: Deployment,
  assets: bigint,
  vault: KarakVault = 'KarakVault',
): Promise<void> {
  const from: Address = '0x0900000000000000000000000000000000000077';
  await chain.send(vault, { from, functionName: 'slashAssets', args: [assets] });
}

type SymbioticVault = 'SymbioticVault' | 'SymbioticVaultV2';

/** Mints what is staked. */
export async function stakeWithSymbiotic(
  chain: Deployment,
  owner: Address,
  amount: bigint,
  vault: SymbioticVault = 'SymbioticVault',
): Promise<void> {
  await chain.send('rsETH', { from: owner, functionName: 'mint', args: [owner, amount] });
  const { address } = chain.contracts[vault];
  await chain.send('rsETH', { from: owner, functionName: 'approve', args: [address, amount] });
  const args = vault === 'SymbioticVault' ? [owner, amount] : [amount, owner];
  await chain.send(vault, { from: owner, functionName: 'deposit', args });
}

export async function leaveSymbiotic(chain: Deployment, owner: Address, amount: bigint): Promise<void> {
  await chain.send('SymbioticVault', { from: owner, functionName: 'withdraw', args: [owner, amount] });
}

export async function claimFromSymbiotic(chain: Deployment, owner: Address, epoch: bigint): Promise<void> {
  await chain.send('SymbioticVault', { from: owner, functionName: 'claim', args: [owner, epoch] });
}

/** `capture`: the Unix second at which what is slashed was guaranteed. */
export async function slashSymbiotic(chain: Deployment, amount: bigint, capture: bigint): Promise<void> {
  await chain.send('SymbioticVault', {
    from: symbioticSlasher,
    functionName: 'onSlash',
    args: [amount, capture],
  });
}
