import { describe, expect, it } from 'vitest';
import { SECRET_KINDS } from '../domain/secrets.ts';
import { FORMULAS, unknownReasonSchema } from '../domain/figure.ts';
import { POSITION_STATES } from '../domain/position.ts';
import { en } from './en/en.ts';
import { createText } from './text.ts';

describe('the catalogue', () => {
  it('has a text for every formula, reason, state and kind of secret, and none to spare', () => {
    const { figure, secret } = en;
    expect(Object.keys(figure.formula).toSorted()).toEqual([...FORMULAS].toSorted());
    expect(Object.keys(figure.reason).toSorted()).toEqual(unknownReasonSchema.shape.code.options.toSorted());
    expect(Object.keys(figure.state).toSorted()).toEqual([...POSITION_STATES].toSorted());
    expect(Object.keys(secret).toSorted()).toEqual([...SECRET_KINDS].toSorted());
  });

  it('answers at once, with texts and parameters', () => {
    const { t } = createText();
    expect(t('figure.why.eth')).toBe('One ETH is worth one ETH.');
    expect(t('secret.wif')).toMatch(/private key/u);
  });
});
