import { expect, it } from 'vitest';
import { createText } from '../text/text.ts';
import { namePosition, namePositionInDrawing } from './position-name.ts';

const { t } = createText();

it('says the state only where a position is more than held', () => {
  const position = { symbol: 'stETH in EigenLayer', accountLabel: 'Treasury' };
  expect(namePosition({ ...position, symbol: 'weETH', state: 'held' }, t)).toBe('weETH, Treasury');
  expect(namePosition({ ...position, state: 'delegated' }, t)).toBe(
    'stETH in EigenLayer, Treasury (Delegated)',
  );
});

it('puts account and state before the token, so that a cut name still tells positions apart', () => {
  const position = { symbol: 'stETH in EigenLayer', accountLabel: 'Treasury', state: 'queued' } as const;
  expect(namePositionInDrawing(position, t)).toBe('Treasury (Queued): stETH');
});

it('cuts a long label between characters, not inside one', () => {
  const position = { symbol: 'ETH', accountLabel: '🪙'.repeat(30), state: 'held' } as const;
  expect(namePositionInDrawing(position, t)).toBe(`${'🪙'.repeat(15)}…: ETH`);
});
