import { describe, expect, it } from 'vitest';
import { toEvmAddress } from '../domain/address.ts';
import type { Exposure, ExposureOperator } from '../domain/exposure.ts';
import type { LossReason, ScenarioEvent } from '../domain/scenario.ts';
import { WAD, type Shares, type Wad, type Wei } from '../domain/units.ts';
import { createText } from '../text/text.ts';
import { describeEvent, describeReason, joinNames, nameEvent } from './scenario.ts';

const { t } = createText();
const [ALDER, BIRCH] = [toEvmAddress(`0x${'0a'.repeat(20)}`), toEvmAddress(`0x${'0b'.repeat(20)}`)];
// `as`: brands exist at compile time only, and literals carry none.
const percent = (value: bigint): Wad => ((WAD * value) / 100n) as Wad;

function makeOperator(address: typeof ALDER, name: string, mode: ExposureOperator['mode']): ExposureOperator {
  return { address, name, isNamed: true, mode, strategies: [], unreadStrategies: [] };
}

const names: Pick<Exposure, 'operators' | 'services' | 'dependencies' | 'strategies'> = {
  operators: [makeOperator(ALDER, 'Alder Works', 'unique'), makeOperator(BIRCH, 'Birch Nodes', 'shared')],
  services: ['Relay', 'Bridge', 'Oracle'].map((name) => ({
    id: name,
    avs: ALDER,
    operatorSet: 0,
    name,
    isRedistributing: null,
  })),
  dependencies: [
    { id: 'contract:x', kind: 'contract', name: 'X contracts' },
    { id: 'oracle:x', kind: 'oracle', name: 'X oracle' },
    { id: 'bridge:x', kind: 'bridge', name: 'X bridge' },
    { id: 'custodian:x', kind: 'custodian', name: 'X Trust' },
    { id: 'governance:x', kind: 'governance', name: 'the X key' },
    { id: 'client:x', kind: 'client', name: 'X client' },
  ],
  strategies: [{ address: ALDER, name: 'stETH' }],
};

const slash = { kind: 'operator-slash', operator: ALDER, wad: percent(10n) } as const;
const bug = { kind: 'client-bug', client: null, loss: percent(5n) } as const;
const fail = (dependency: string): ScenarioEvent => ({
  kind: 'contract-failure',
  dependency,
  loss: percent(20n),
});

const sentences: readonly (readonly [string, ScenarioEvent])[] = [
  ['Alder Works is slashed 10% of what it allocated to Relay.', { ...slash, service: 'Relay' }],
  [
    'Alder Works is slashed 10% of what it allocated to each of Relay and Bridge.',
    { ...slash, service: ['Relay', 'Bridge'] },
  ],
  ['Alder Works is slashed 10% of what it allocated to each of its services.', { ...slash, service: 'all' }],
  [
    'Birch Nodes is slashed by each of its services, each taking 10% of the collateral they all count on.',
    { ...slash, operator: BIRCH, service: 'all' },
  ],
  [
    'Relay is compromised and slashes 12.5% of what each operator allocated to it.',
    { kind: 'service-compromised', service: 'Relay', wad: (WAD / 8n) as Wad },
  ],
  ['The validators of all operators lose 5% of their native ETH.', { ...bug, operators: 'all' }],
  ['The validators of Alder Works lose 5% of their native ETH.', { ...bug, operators: [ALDER] }],
  ['X client has a fault, and 5% of what runs on it is lost.', { ...bug, client: 'client:x', operators: [] }],
  [
    'X client has a fault, and 5% is lost of what runs on it and of the native ETH with Alder Works and Birch Nodes.',
    { ...bug, client: 'client:x', operators: [ALDER, BIRCH] },
  ],
  ['X contracts fail and 20% of what rests on them is lost.', fail('contract:x')],
  ['X oracle fails and 20% of what rests on it is lost.', fail('oracle:x')],
  ['X bridge is broken into and 20% of what rests on it is lost.', fail('bridge:x')],
  ['X Trust cannot return 20% of what it keeps.', fail('custodian:x')],
  ['Whoever controls the X key takes 20% of what rests on it.', fail('governance:x')],
  [
    'Of rsETH another 18% of the supply is issued without backing.',
    { kind: 'unbacked-supply', instruments: ['rsETH'], share: percent(18n) },
  ],
  [
    'The market pays 7% less than book value for stETH and wstETH.',
    { kind: 'depeg', instruments: ['stETH', 'wstETH'], discount: percent(7n) },
  ],
  ['Redemption of ezETH is shut for 1 day.', { kind: 'queue-closed', instruments: ['ezETH'], days: 1 }],
  [
    'Redemption of ezETH is shut until further notice.',
    { kind: 'queue-closed', instruments: ['ezETH'], days: null },
  ],
];

describe('an event', () => {
  it.each(sentences)('reads “%s”', (sentence, event) => {
    expect(describeEvent(event, names, t)).toBe(sentence);
    expect(nameEvent(event, names, t)).not.toBe('');
  });

  it('names what is not known any more by its id', () => {
    expect(describeEvent(fail('contract:gone'), names, t)).toContain('contract:gone');
    const depeg: ScenarioEvent = { kind: 'depeg', instruments: ['eigenlayer:0x1'], discount: WAD };
    expect(describeEvent(depeg, names, t)).toContain('eigenlayer:0x1');
  });
});

it('joins a few names, and counts the rest', () => {
  const join = (...list: string[]) => joinNames(list, t);
  expect([join('A'), join('A', 'B'), join('A', 'B', 'C')]).toEqual(['A', 'A and B', 'A, B and C']);
  expect(join('A', 'B', 'C', 'D', 'E')).toBe('A, B and 3 more');
});

describe('a reason', () => {
  const head = { eventIndex: 0, lossWei: WAD as bigint as Wei };
  const none = { eventIndex: 0, lossWei: 0n as Wei };
  const slashed: LossReason = {
    kind: 'slash',
    ...head,
    operator: ALDER,
    serviceId: 'Relay',
    strategy: ALDER,
    allocatedMagnitude: WAD,
    slashedMagnitude: percent(50n),
    maxMagnitudeBefore: WAD,
    maxMagnitudeAfter: percent(50n),
    shares: null,
    isRedistributed: true,
  };

  it.each<readonly [string, LossReason]>([
    ['1 → 0.5; 1.0000 ETH lost. What was slashed is paid to others', slashed],
    [
      'withdrawable shares 2.0000 → 1.0000',
      { ...slashed, shares: { before: (2n * WAD) as Shares, after: WAD as bigint as Shares } },
    ],
    ['X contracts lost 20%', { kind: 'dependency', ...head, dependency: 'contract:x', loss: percent(20n) }],
    [
      'The validators of Alder Works lost 5%',
      { kind: 'consensus', ...head, operator: ALDER, strategy: ALDER, loss: percent(5n) },
    ],
    [
      'Another 18% of the supply came without backing, 15.25% of all claims',
      { kind: 'unbacked', ...head, share: percent(18n) },
    ],
    [
      'The market pays 50% less: 1.0000 ETH less',
      { kind: 'market', ...none, discount: percent(50n), marketLossWei: WAD as bigint as Wei },
    ],
    ['Cannot be redeemed for 14 days.', { kind: 'locked', ...none, days: 14 }],
    ['Cannot be redeemed until further notice.', { kind: 'locked', ...none, days: null }],
  ])('says “%s”', (words, reason) => {
    expect(describeReason(reason, names, t)).toContain(words);
  });

  it('says nothing of where slashed funds go where that is not known, or where they are burned', () => {
    for (const isRedistributed of [null, false]) {
      expect(describeReason({ ...slashed, isRedistributed }, names, t)).not.toContain('paid to others');
    }
  });
});
