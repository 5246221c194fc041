import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, nativeToken, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import {
  claimFromEtherfi,
  claimFromKelp,
  claimFromLido,
  claimFromRenzo,
  fillRenzo,
  finalizeEtherfi,
  finalizeLido,
  requestFromEtherfi,
  requestFromKelp,
  requestFromLido,
  requestFromRenzo,
  unlockKelp,
} from '../../../e2e/nodes/requests.ts';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import type { Observation, Reading } from '../../../shared/domain/observation.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const who = [toEvmAddress(`0x${'0'.repeat(35)}a11ce`), toEvmAddress(`0x${'0'.repeat(37)}b0b`)] as const;
/** Half of what the stand-in waits. */
const HALF_COOL_DOWN = 129_600;
const LIDO = 0;
const ETHERFI = 1;
const RENZO = 2;
const KELP = 3;

let anvil: Anvil;
let chain: Deployment;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
});

afterAll(() => anvil.stop());

function observe(): Promise<Observation> {
  return observeAccounts({
    network: parseNetworkFile(JSON.stringify(chain.networkFile)),
    rpcUrl: anvil.url,
    addresses: who,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
  });
}

type Step = readonly [
  what: 'lido' | 'etherfi' | 'renzo' | 'kelp' | 'settle' | 'claim' | 'rate' | 'wait',
  who: 0 | 1,
  size: number,
];

describe('over any sequence of requests, settlements and claims', () => {
  async function take([what, account, size]: Step): Promise<void> {
    const owner = who[account];
    const amount = (BigInt(size) * wad) / 7n + 1n;
    switch (what) {
      case 'lido':
        await chain.fund(owner, { stETH: amount + 2n });
        return requestFromLido(chain, owner, amount);
      case 'etherfi':
        await chain.fund(owner, { eETH: amount + 2n });
        return requestFromEtherfi(chain, owner, amount);
      case 'renzo':
        await chain.fund(owner, { ezETH: amount });
        return requestFromRenzo(chain, owner, amount);
      case 'kelp':
        await chain.fund(owner, { rsETH: amount });
        return requestFromKelp(chain, owner, amount);
      case 'settle': {
        const last = await chain.read<bigint>('LidoWithdrawalQueue', 'getLastFinalizedRequestId');
        const rate = await chain.read<bigint>('stETH', 'rate');
        await finalizeLido(chain, last + 1n, rate).catch(() => undefined);
        const settled = await chain.read<number>('WithdrawRequestNFT', 'lastFinalizedRequestId');
        await finalizeEtherfi(chain, BigInt(settled) + 1n).catch(() => undefined);
        await fillRenzo(chain, amount);
        return unlockKelp(chain, amount).catch(() => undefined);
      }
      case 'claim': {
        const ids = await chain.read<bigint[]>('LidoWithdrawalQueue', 'getWithdrawalRequests', [owner]);
        for (const id of ids.slice(0, 1)) await claimFromLido(chain, owner, id).catch(() => undefined);
        const made = await chain.read<number>('WithdrawRequestNFT', 'nextRequestId');
        for (let id = 1n; id < BigInt(made); id++) {
          await claimFromEtherfi(chain, owner, id).catch(() => undefined);
        }
        await claimFromRenzo(chain, owner, 0n).catch(() => undefined);
        return claimFromKelp(chain, owner).catch(() => undefined);
      }
      case 'rate': {
        const rate = wad + (BigInt(size) * wad) / 50n;
        await chain.setRate('stETH', rate);
        await chain.setRate('eETH', rate);
        await chain.setRate('ezETH', rate);
        return chain.setRate('rsETH', rate);
      }
      case 'wait':
        await anvil.client.mine({ blocks: 4 });
        await anvil.client.increaseTime({ seconds: HALF_COOL_DOWN });
        return anvil.client.mine({ blocks: 1 });
    }
  }

  it('what the states add up to is what the queues hold', { timeout: 180_000 }, async () => {
    const step: fc.Arbitrary<Step> = fc.tuple(
      fc.constantFrom('lido', 'etherfi', 'renzo', 'kelp', 'settle', 'claim', 'rate', 'wait'),
      fc.constantFrom(0, 1),
      fc.integer({ min: 1, max: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const start = await anvil.client.snapshot();
        for (const one of steps) await take(one);
        const { accounts } = await observe();
        const all = (protocol: number) =>
          accounts.flatMap(({ requests }) => requests?.[protocol]?.requests ?? []);
        const sum = (readings: readonly Reading[]): bigint =>
          readings.reduce((total, reading) => total + (reading.ok ? reading.value : -(10n ** 40n)), 0n);

        const { address: queue } = chain.contracts.LidoWithdrawalQueue;
        const settled = all(LIDO).filter(({ isFixed }) => isFixed);
        expect(sum(settled.map(({ pays }) => pays))).toBe(
          await chain.read('LidoWithdrawalQueue', 'getLockedEtherAmount'),
        );
        const waiting = all(LIDO).filter(({ isFixed }) => !isFixed);
        const held = await chain.read<bigint>('stETH', 'balanceOf', [queue]);
        const today = sum(waiting.flatMap(({ paysToday }) => paysToday ?? []));
        // Each request's shares are rounded down to a wei of its own.
        expect(held - today >= 0n && held - today <= BigInt(waiting.length)).toBe(true);

        // Of requests with ether.fi the shares: what was claimed below its shares left some behind.
        const tokens = await chain.read<bigint>('WithdrawRequestNFT', 'openShares');
        const rate = await chain.read<bigint>('weETH', 'getRate');
        const worth = sum(all(ETHERFI).flatMap(({ paysToday }) => paysToday ?? []));
        const open18 = (tokens * rate) / wad;
        expect(open18 - worth >= 0n && open18 - worth <= BigInt(all(ETHERFI).length)).toBe(true);

        expect(sum(all(RENZO).map(({ given }) => given))).toBe(
          await chain.read('ezETH', 'balanceOf', [chain.contracts.RenzoWithdrawQueue.address]),
        );
        const open = all(KELP).filter(({ isFixed }) => !isFixed);
        expect(sum(open.map(({ given }) => given))).toBe(
          await chain.read('rsETH', 'balanceOf', [chain.contracts.LRTWithdrawalManager.address]),
        );
        expect(sum(all(KELP).flatMap(({ isFixed, pays }) => (isFixed ? [pays] : [])))).toBe(
          await chain.read('LRTWithdrawalManager', 'unlockedAmount', [nativeToken]),
        );
        await anvil.client.revert({ id: start });
      }),
      { numRuns: 12 },
    );
  });
});
