import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../shared/domain/position.ts';
import { parseDecimal } from '../../../../shared/format/numbers.ts';
import {
  amountOfStep,
  judgeMove,
  listMovable,
  NO_MOVE,
  PLAIN_ETH,
  SLIDER_STEPS,
  stepOfAmount,
} from './moveDraft.ts';

const ETH = 10n ** 18n;
const draft = { from: 'a', to: PLAIN_ETH, amount: '1.5' };

describe('a move', () => {
  it('is ready once it is whole', () => {
    expect(judgeMove(draft, 2n * ETH)).toEqual({
      kind: 'ready',
      move: { fromPositionId: 'a', toPositionId: null, amount: 1.5 },
    });
    expect(judgeMove({ ...draft, to: 'b' }, 2n * ETH)).toMatchObject({ move: { toPositionId: 'b' } });
  });

  it('is not wrong while it is still being made', () => {
    expect(judgeMove(NO_MOVE, null)).toEqual({ kind: 'incomplete' });
    expect(judgeMove({ ...draft, amount: ' ' }, ETH)).toEqual({ kind: 'incomplete' });
    expect(judgeMove({ ...draft, to: 'a' }, ETH)).toEqual({ kind: 'incomplete' });
  });

  it.each([
    ['0', 'zero'],
    ['2.1', 'above-all'],
    ['x', 'not-a-number'],
    ['-1', 'negative'],
  ])('of %j is refused as %s', (amount, problem) => {
    expect(judgeMove({ ...draft, amount }, 2n * ETH)).toEqual({ kind: 'wrong', problem });
  });

  it('comes out of positions that are worth something, largest first', () => {
    const make = (id: string, value: bigint | null): Position =>
      ({ id, bookEth: { value } }) as unknown as Position; // as: all that is read
    const positions = [make('small', 1n), make('none', 0n), make('unknown', null), make('large', 3n)];
    expect(listMovable(positions).map(({ id }) => id)).toEqual(['large', 'small']);
  });
});

describe('the slider', () => {
  it('writes amounts that can be moved, and stands where the amount says', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1_000n, max: 10n ** 26n }),
        fc.integer({ min: 1, max: SLIDER_STEPS }),
        (held, step) => {
          const amount = amountOfStep(step, held);
          expect(judgeMove({ ...draft, amount }, held).kind).toBe('ready');
          // Four decimals are coarser than a step of a very small position.
          if (held > ETH) expect(Math.abs(stepOfAmount(amount, held) - step)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('takes all at its end, to the last wei', () => {
    const held = 81_115_200_000_000_000_001n;
    expect(parseDecimal(amountOfStep(SLIDER_STEPS, held), 18)).toEqual({ ok: true, value: held });
    expect(stepOfAmount('81.115200000000000001', held)).toBe(SLIDER_STEPS);
    expect(stepOfAmount('nothing', held)).toBe(0);
    expect(stepOfAmount('1000', held)).toBe(SLIDER_STEPS);
  });
});
