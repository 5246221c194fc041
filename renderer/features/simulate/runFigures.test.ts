import { describe, expect, it } from 'vitest';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import {
  computeFigure,
  ETH_UNIT,
  readFigure,
  sumFigures,
  USD_UNIT,
  type Figure,
} from '../../../shared/domain/figure.ts';
import type { ValuedPosition } from '../../../shared/domain/position-values.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import { usdOfWei, type Wad, type Wei } from '../../../shared/domain/units.ts';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { chooseRun, makeRunFigures } from './runFigures.ts';

const ETH = 10n ** 18n;
const BLOCK = 100n;
const source = { kind: 'sample', asOf: 0, contract: 'Token', call: 'balanceOf()' } as const;
const price = readFigure(
  { name: 'figure.name.ethPrice', subject: 'ETH', unit: USD_UNIT },
  2000_00000000n,
  source,
);

function makePosition(id: string, wei: bigint): ValuedPosition {
  const bookEth = readFigure({ name: 'figure.name.bookEth', subject: id, unit: ETH_UNIT }, wei, source);
  return {
    id,
    accountId: 'account',
    accountLabel: 'Treasury',
    address: toEvmAddress(`0x${'01'.repeat(20)}`),
    instrument: {
      id: 'ETH',
      symbol: 'ETH',
      name: 'Ether',
      decimals: 18,
      family: 'native',
      issuer: null,
      dependsOn: [],
    },
    state: 'held',
    amount: bookEth,
    rate: bookEth,
    bookEth,
    bookUsd: valueInUsd(bookEth, price),
    restaking: null,
    values: { marketEth: bookEth, redeemableEth: bookEth, afterSlashEth: bookEth },
  };
}

function valueInUsd(bookEth: Figure, priceOfEth: Figure): Figure {
  return computeFigure(
    { name: 'figure.name.bookUsd', subject: bookEth.subject, unit: USD_UNIT },
    'book-usd',
    [bookEth, priceOfEth],
    usdOfWei,
  );
}

function makeView(positions: ValuedPosition[], block = BLOCK): PortfolioView {
  const sum = (figures: Figure[], name: string, unit: Figure['unit']) =>
    sumFigures({ name, subject: '', unit }, figures).figure;
  return {
    portfolio: { id: 'p', name: 'P', kind: 'user', networkId: 'ethereum', createdAt: 0 },
    accounts: [],
    positions,
    totals: {
      bookEth: sum(
        positions.map(({ bookEth }) => bookEth),
        'figure.name.totalEth',
        ETH_UNIT,
      ),
      bookUsd: sum(
        positions.map(({ bookUsd }) => bookUsd),
        'figure.name.totalUsd',
        USD_UNIT,
      ),
      unvaluedCount: 0,
    },
    listening: null,
    freshness: {
      kind: 'read',
      origin: { kind: 'sample', note: '', block: { number: block, hash: '', time: 0 }, blockSeconds: 12 },
      readAt: 0,
      error: null,
      failedAt: null,
    },
    eigenlayer: [],
    notices: [],
    unreadAccountIds: [],
  };
}

function makeRun(losses: Record<string, readonly [before: bigint, loss: bigint]>, id = 'run'): Run {
  // `as`: brands exist at compile time only, and literals carry none.
  const wei = (value: bigint): Wei => value as Wei;
  const rows = Object.entries(losses);
  const total = (pick: (row: readonly [bigint, bigint]) => bigint): Wei =>
    wei(rows.reduce((sum, [, row]) => sum + pick(row), 0n));
  return {
    id,
    portfolioId: 'p',
    ranAt: 0,
    blockNumber: BLOCK,
    result: {
      scenario: {
        preset: 'custom',
        events: [{ kind: 'contract-failure', dependency: 'x', loss: (ETH / 2n) as Wad }],
      },
      positions: rows.map(([positionId, [before, loss]]) => ({
        positionId,
        beforeWei: wei(before),
        afterWei: wei(before - loss),
        lossWei: wei(loss),
        hiddenWei: wei(0n),
        recoveredWei: wei(0n),
        marketLossWei: wei(0n),
        lockedWei: wei(0n),
        lock: null,
        reasons: [],
      })),
      events: [],
      totalBeforeWei: total(([before]) => before),
      totalAfterWei: total(([before, loss]) => before - loss),
      totalLossWei: total(([, loss]) => loss),
      totalRecoveredWei: wei(0n),
      totalMarketLossWei: wei(0n),
      totalLockedWei: wei(0n),
      covers: [],
      unvaluedIds: [],
      leftOut: [],
    },
  };
}

describe('figures of a run', () => {
  const view = makeView([makePosition('a', 4n * ETH), makePosition('b', 6n * ETH)]);
  const run = makeRun({ a: [4n * ETH, 1n * ETH], b: [6n * ETH, 0n] });

  it('rest on the values in view, and add up', () => {
    const figures = makeRunFigures(run, view);
    expect(figures?.total.loss.value).toBe(1n * ETH);
    expect(figures?.total.after.value).toBe(9n * ETH);
    expect(figures?.total.share.value).toBe(ETH / 10n);
    expect(figures?.positions.get('a')?.after.value).toBe(3n * ETH);
    expect(figures?.positions.get('a')?.loss.basis).toMatchObject({ formula: 'scenario-loss' });
    expect(figures?.positions.get('b')?.loss.value).toBe(0n);
  });

  it('say the loss in dollars at the price behind the values', () => {
    expect(makeRunFigures(run, view)?.totalUsd?.value).toBe(2000_00000000n);
  });

  it('trace what stands beside the loss, and have nothing where there is none', () => {
    const [a, b] = run.result.positions;
    if (!a || !b) throw new Error('the run has two positions');
    const beside = { marketLossWei: (ETH / 2n) as Wei, lockedWei: (3n * ETH) as Wei }; // as: literals carry no brand
    const struck: Run = {
      ...run,
      result: {
        ...run.result,
        positions: [{ ...a, ...beside }, b],
        totalMarketLossWei: beside.marketLossWei,
        totalLockedWei: beside.lockedWei,
      },
    };
    const figures = makeRunFigures(struck, view);
    expect(figures?.total.asides.marketLoss).toMatchObject({
      value: ETH / 2n,
      basis: { formula: 'market-loss' },
    });
    expect(figures?.positions.get('a')?.asides.locked?.value).toBe(3n * ETH);
    expect(figures?.positions.get('a')?.asides.recovered).toBeNull();
    expect(figures?.positions.get('b')?.asides).toEqual({ marketLoss: null, locked: null, recovered: null });
  });

  it('leave out of the total what the run left out, and are of today all the same', () => {
    const left: Run = {
      ...run,
      result: {
        ...run.result,
        positions: run.result.positions.slice(0, 1),
        leftOut: [{ kind: 'position', id: 'b', strategy: null, problem: 'legs-do-not-sum', detail: '' }],
      },
    };
    const figures = makeRunFigures(left, view);
    expect(figures?.total.before.value).toBe(4n * ETH);
    expect(figures?.positions.has('b')).toBe(false);
  });

  it('say nothing in dollars where there is no price, instead of zero', () => {
    const positions = view.positions.map((position) => ({
      ...position,
      bookUsd: valueInUsd(position.bookEth, { ...price, value: null, reason: { code: 'no-price' } }),
    }));
    expect(makeRunFigures(run, makeView(positions))?.totalUsd).toBeNull();
  });

  it('are not made of a run on another block, or on other values', () => {
    expect(makeRunFigures(run, makeView([...view.positions], BLOCK + 1n))).toBeNull();
    expect(
      makeRunFigures(run, makeView([makePosition('a', 5n * ETH), makePosition('b', 6n * ETH)])),
    ).toBeNull();
    expect(makeRunFigures(run, makeView([makePosition('a', 4n * ETH)]))).toBeNull();
  });
});

describe('the run in view', () => {
  const [newer, older] = [makeRun({}, 'newer'), makeRun({}, 'older')];

  it('is the chosen one, and the newest where none is chosen or the chosen one is gone', () => {
    expect(chooseRun([newer, older], 'older')).toBe(older);
    expect(chooseRun([newer, older], null)).toBe(newer);
    expect(chooseRun([newer, older], 'gone')).toBe(newer);
    expect(chooseRun([], 'gone')).toBeNull();
  });
});
