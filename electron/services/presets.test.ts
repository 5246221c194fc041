import { describe, expect, it } from 'vitest';
import { SUGGESTED_PRESETS } from '../../shared/domain/scenario-kinds.ts';
import { WAD } from '../../shared/domain/units.ts';
import { createTestServices } from '../testing/test-services.ts';

describe('what a scenario starts from', () => {
  it('is a suggestion of every kind, null where the portfolio has nothing of it', () => {
    const { services } = createTestServices();
    const { suggestions, replays } = services.stress.listPresets('sample');
    expect(suggestions.map(({ preset }) => preset)).toEqual(SUGGESTED_PRESETS);
    // Nothing but ETH is held.
    expect(suggestions.every(({ scenario }) => scenario === null)).toBe(true);
    expect(replays).toEqual([]);
  });

  it('refuses a scenario that carries a secret, wherever it stands', () => {
    const { services } = createTestServices();
    const secret = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
    const event = { kind: 'contract-failure', dependency: 'contract:lido', loss: WAD } as const;
    const start = (scenario: object) => () =>
      services.stress.start('sample', { preset: 'custom', events: [event], ...scenario });
    expect(start({ incident: { id: 'x', title: secret, recorded: '' } })).toThrow('private key');
    const depeg = { kind: 'depeg', instruments: ['stETH', secret], discount: WAD };
    expect(start({ events: [depeg] })).toThrow('private key');
  });
});
