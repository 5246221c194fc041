import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assets } from '../../../../shared/domain/units.ts';
import { computeFullRestakeStake, computeNetworkRestakeStake } from './delegator-stake.ts';
import { computeHolderBalance } from './holder-balance.ts';
import { computeSlashableStake, isCaptureSlashable, limitSlash } from './slashable-stake.ts';
import { splitVaultSlash, type SlashableVault } from './split-vault-slash.ts';
import vectors from './vault.vectors.json' with { type: 'json' };

// `as`: the brand exists at compile time only, and JSON carries none.
const assets = (value: string | number | bigint): Assets => BigInt(value) as Assets;
const amountArbitrary = fc
  .oneof(
    fc.bigInt({ min: 0n, max: 12n }),
    fc.bigInt({ min: 0n, max: 10n ** 24n }),
    fc.bigInt({ min: 0n, max: 10n ** 30n }),
  )
  .map(assets);

const vaultArbitrary: fc.Arbitrary<SlashableVault> = fc.oneof(
  fc.record({
    capture: fc.constant('current' as const),
    active: amountArbitrary,
    nextWithdrawals: amountArbitrary,
  }),
  fc.record({
    capture: fc.constant('previous' as const),
    active: amountArbitrary,
    currentWithdrawals: amountArbitrary,
    nextWithdrawals: amountArbitrary,
  }),
);

function sumParts(vault: SlashableVault): bigint {
  const current = vault.capture === 'previous' ? vault.currentWithdrawals : 0n;
  return vault.active + vault.nextWithdrawals + current;
}

function currentOf(vault: SlashableVault): Assets | null {
  return vault.capture === 'previous' ? vault.currentWithdrawals : null;
}

describe('golden vectors of Symbiotic', () => {
  it('holds six splits, three slashable stakes and four delegations', () => {
    const { onSlash, slashable, networkRestake, fullRestake } = vectors;
    expect([onSlash.length, slashable.length, networkRestake.length, fullRestake.length]).toEqual([
      6, 3, 2, 2,
    ]);
  });

  it.each(vectors.onSlash)(
    'splits $amount over $active, $currentWithdrawals and $nextWithdrawals, captured in the $capture epoch',
    (vector) => {
      const parts = { active: assets(vector.active), nextWithdrawals: assets(vector.nextWithdrawals) };
      const { currentWithdrawals } = vector;
      const split = splitVaultSlash(
        assets(vector.amount),
        currentWithdrawals === null
          ? { capture: 'current', ...parts }
          : { capture: 'previous', ...parts, currentWithdrawals: assets(currentWithdrawals) },
      );
      expect(split.vault.capture).toBe(vector.capture);
      expect(split.slashed).toBe(assets(vector.slashed));
      expect(split.vault.active).toBe(assets(vector.activeAfter));
      expect(split.vault.nextWithdrawals).toBe(assets(vector.nextWithdrawalsAfter));
      const { currentWithdrawalsAfter: after } = vector;
      expect(currentOf(split.vault)).toBe(after === null ? null : assets(after));
    },
  );

  it.each(vectors.slashable)('lets $amount of $stakeAt be slashed after $cumulative', (vector) => {
    const stake = {
      stakeAtCapture: assets(vector.stakeAt),
      cumulativeSlash: assets(vector.cumulative),
      cumulativeSlashAtCapture: assets(vector.cumulativeAtCapture),
    };
    expect(computeSlashableStake(stake)).toBe(assets(vector.slashableStake));
    const slashed = limitSlash(assets(vector.amount), stake);
    expect(slashed).toBe(assets(vector.slashed));
    expect(slashed === 0n).toBe(vector.reverts);
  });

  it.each(vectors.networkRestake)('gives $shares of $total shares a stake of $stake', (vector) => {
    expect(
      computeNetworkRestakeStake({
        activeStake: assets(vector.active),
        networkLimit: assets(vector.limit),
        operatorShares: BigInt(vector.shares),
        totalOperatorShares: BigInt(vector.total),
      }),
    ).toBe(assets(vector.stake));
  });

  it.each(vectors.fullRestake)('gives every network up to its limit: $stake', (vector) => {
    expect(
      computeFullRestakeStake({
        activeStake: assets(vector.active),
        networkLimit: assets(vector.networkLimit),
        operatorNetworkLimit: assets(vector.operatorNetworkLimit),
      }),
    ).toBe(assets(vector.stake));
  });
});

describe('splitVaultSlash, for any vault', () => {
  it('takes parts that sum to the slash, from each at most what it holds', () => {
    fc.assert(
      fc.property(amountArbitrary, vaultArbitrary, (amount, vault) => {
        const split = splitVaultSlash(amount, vault);
        const { fromActive, fromNextWithdrawals, fromCurrentWithdrawals, slashed } = split;
        expect(fromActive + fromNextWithdrawals + (fromCurrentWithdrawals ?? 0n)).toBe(slashed);
        expect(slashed).toBe(amount < sumParts(vault) ? amount : sumParts(vault));
        expect(sumParts(split.vault)).toBe(sumParts(vault) - slashed);
        const left = [split.vault.active, split.vault.nextWithdrawals, currentOf(split.vault) ?? 0n];
        expect(left.every((part) => part >= 0n)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never leaves more active stake where more is slashed, and no withdrawal more than a unit off', () => {
    fc.assert(
      fc.property(amountArbitrary, amountArbitrary, vaultArbitrary, (few, more, vault) => {
        const small = splitVaultSlash(few, vault).vault;
        const large = splitVaultSlash(assets(few + more), vault).vault;
        expect(large.active).toBeLessThanOrEqual(small.active);
        // The remainder of the two floors goes to the withdrawals, so that one of these may gain it back.
        expect(large.nextWithdrawals).toBeLessThanOrEqual(small.nextWithdrawals + 1n);
        expect(currentOf(large) ?? 0n).toBeLessThanOrEqual((currentOf(small) ?? 0n) + 1n);
        expect(sumParts(large)).toBeLessThanOrEqual(sumParts(small));
      }),
      { numRuns: 1000 },
    );
  });

  it('is within two units of the exact proportion for everybody', () => {
    fc.assert(
      fc.property(amountArbitrary, vaultArbitrary, (amount, vault) => {
        const { slashed, fromActive, fromNextWithdrawals } = splitVaultSlash(amount, vault);
        const total = sumParts(vault);
        const isNear = (part: bigint, held: bigint): boolean => {
          const off = part * total - slashed * held;
          return off < 2n * total && off > -2n * total;
        };
        if (total === 0n) return;
        expect(isNear(fromActive, vault.active)).toBe(true);
        expect(isNear(fromNextWithdrawals, vault.nextWithdrawals)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes nothing of an empty vault', () => {
    const empty = { active: assets(0), nextWithdrawals: assets(0) };
    expect(splitVaultSlash(assets(5), { capture: 'current', ...empty }).slashed).toBe(0n);
    expect(
      splitVaultSlash(assets(5), { capture: 'previous', ...empty, currentWithdrawals: assets(0) }).slashed,
    ).toBe(0n);
  });
});

describe('one collateral for several networks', () => {
  it('lets two networks that captured the same 100 take 60 and then the 40 that are left', () => {
    const stake = computeFullRestakeStake({
      activeStake: assets(100),
      networkLimit: assets(100),
      operatorNetworkLimit: assets(100),
    });
    // Each network has its own count of slashes: what the first took does not lower what the second may ask for.
    const untouched = {
      stakeAtCapture: stake,
      cumulativeSlash: assets(0),
      cumulativeSlashAtCapture: assets(0),
    };
    const asked = limitSlash(assets(60), untouched);
    const first = splitVaultSlash(asked, {
      capture: 'current',
      active: assets(100),
      nextWithdrawals: assets(0),
    });
    const second = splitVaultSlash(asked, first.vault);
    expect([first.slashed, second.slashed, second.vault.active]).toEqual([60n, 40n, 0n]);
  });
});

describe('computeSlashableStake', () => {
  it('is nothing, not less, where more was slashed since the capture than was staked then', () => {
    const stake = {
      stakeAtCapture: assets(100),
      cumulativeSlash: assets(150),
      cumulativeSlashAtCapture: assets(20),
    };
    expect(computeSlashableStake(stake)).toBe(0n);
    expect(limitSlash(assets(7), stake)).toBe(0n);
  });
});

describe('isCaptureSlashable', () => {
  it('reaches back one epoch and not to the present', () => {
    const at = (capture: bigint): boolean => isCaptureSlashable(capture, 1000n, 100n);
    expect([899n, 900n, 999n, 1000n].map(at)).toEqual([false, true, true, false]);
  });
});

describe('computeHolderBalance', () => {
  it('falls with the vault’s stake, by the shares held', () => {
    const before = { shares: 250n, totalShares: 1000n, totalAssets: assets(1000) };
    expect(computeHolderBalance(before)).toBe(250n);
    expect(computeHolderBalance({ ...before, totalAssets: assets(400) })).toBe(100n);
  });

  it('pays all holders together no more than there is', () => {
    fc.assert(
      fc.property(fc.array(amountArbitrary, { maxLength: 8 }), amountArbitrary, (shares, totalAssets) => {
        const totalShares = shares.reduce((sum, one) => sum + one, 0n);
        const balances = shares.map((one) => computeHolderBalance({ shares: one, totalShares, totalAssets }));
        const paid = balances.reduce((sum, one) => sum + one, 0n);
        expect(paid).toBeLessThanOrEqual(totalAssets);
      }),
      { numRuns: 500 },
    );
  });
});

describe('input that no vault can produce', () => {
  const minus = assets(-1);

  it('refuses amounts below zero, naming them', () => {
    const parts = { active: assets(1), nextWithdrawals: assets(1), currentWithdrawals: assets(1) };
    const split = (bad: Partial<Record<keyof typeof parts, Assets>>) => () =>
      splitVaultSlash(assets(1), { capture: 'previous', ...parts, ...bad });
    expect(split({ active: minus })).toThrow('active stake is below zero');
    expect(split({ nextWithdrawals: minus })).toThrow('withdrawals of the next epoch is below zero');
    expect(split({ currentWithdrawals: minus })).toThrow('withdrawals of the current epoch is below zero');
    expect(() => splitVaultSlash(minus, { capture: 'current', ...parts })).toThrow(
      'amount to slash is below zero',
    );
  });

  it('refuses a count of slashes that fell, and more shares than there are', () => {
    expect(() =>
      computeSlashableStake({
        stakeAtCapture: assets(1),
        cumulativeSlash: assets(1),
        cumulativeSlashAtCapture: assets(2),
      }),
    ).toThrow('Less was slashed until now');
    const limits = { activeStake: assets(1), networkLimit: assets(1) };
    expect(() =>
      computeNetworkRestakeStake({ ...limits, operatorShares: 2n, totalOperatorShares: 1n }),
    ).toThrow('more shares of a network');
    expect(() => computeFullRestakeStake({ ...limits, operatorNetworkLimit: minus })).toThrow('below zero');
    expect(() => computeHolderBalance({ shares: 2n, totalShares: 1n, totalAssets: assets(1) })).toThrow(
      'more shares of a vault',
    );
  });

  it('gives an operator without shares in a network without any no stake', () => {
    const limits = { activeStake: assets(1), networkLimit: assets(1) };
    expect(computeNetworkRestakeStake({ ...limits, operatorShares: 0n, totalOperatorShares: 0n })).toBe(0n);
  });
});
