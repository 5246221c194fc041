import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { estimateTimeOfBlock } from '../../../shared/domain/block-time.ts';
import {
  BLOCK,
  BLOCK_TIME,
  makeObservation,
  readOk,
} from '../../../shared/domain/testing/arbitrary-observation.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { formatValue } from '../../../shared/format/numbers.ts';
import { createText } from '../../../shared/text/text.ts';
import { makeBusyView, makeView, OPERATOR, TREASURY } from '../positions/testing/makeView.ts';
import { describeStatement } from './describeStatement.ts';
import { makeStatements, OLD_AFTER_MS, type Statement } from './statements.ts';

const now = BLOCK_TIME * 1000;
const { t } = createText();

function say(statement: Statement): string {
  return describeStatement(statement, { t, formatAmount: formatValue, locale: 'en-GB', now });
}

function find(statements: readonly Statement[], kind: Statement['kind']): Statement {
  const found = statements.find((statement) => statement.kind === kind);
  if (!found) throw new Error(`nothing was said of ${kind}`);
  return found;
}

describe('what matters today', () => {
  it('is at most three sentences, what already happened before what could', () => {
    const { view, exposure } = makeBusyView();
    const kinds = makeStatements({ view, exposure, now }).map(({ kind }) => kind);
    expect(kinds).toEqual(['slashed', 'operator', 'dependency']);
  });

  it('values what was slashed at the rate of what is left', () => {
    const { view, exposure } = makeBusyView();
    const slashed = find(makeStatements({ view, exposure, now }), 'slashed');
    expect(slashed).toMatchObject({ lostWei: 10n * WAD, count: 1 });
    expect(say(slashed)).toBe(
      'Slashing has already taken ≈ 10.0000 ETH from 1 deposit; withdrawals are not counted.',
    );
    expect(slashed.target).toMatchObject({ page: 'positions', params: { position: view.positions[1]?.id } });
  });

  it('does not call the rounding of a share a slash', () => {
    const { view } = makeBusyView();
    const positions = view.positions.map((position) => {
      const { restaking } = position;
      if (!restaking || position.state !== 'delegated') return position;
      const deposited = restaking.depositShares.value ?? 0n;
      const withdrawableShares = { ...restaking.withdrawableShares, value: deposited - 3n };
      return { ...position, restaking: { ...restaking, withdrawableShares } };
    });
    const statements = makeStatements({ view: { ...view, positions }, exposure: null, now }, 9);
    expect(statements.map(({ kind }) => kind)).not.toContain('slashed');
  });

  it('gives no amount where everything was slashed, because no rate is left to value it', () => {
    const { view } = makeBusyView();
    const positions = view.positions.map((position) =>
      position.restaking && position.state === 'delegated'
        ? {
            ...position,
            restaking: {
              ...position.restaking,
              withdrawableShares: { ...position.restaking.withdrawableShares, value: 0n },
            },
          }
        : position,
    );
    const slashed = find(makeStatements({ view: { ...view, positions }, exposure: null, now }), 'slashed');
    expect(slashed).toMatchObject({ lostWei: null });
    expect(say(slashed)).toBe('Slashing has already taken a part of 1 deposit.');
  });

  it('names the operator whose services can take most, with what they can take together', () => {
    const { view, exposure } = makeBusyView();
    const worst = find(makeStatements({ view, exposure, now }), 'operator');
    // Half the magnitude is allocated; 40 deposited and 8 queued stand with the operator.
    expect(worst).toMatchObject({ lossWei: 24n * WAD });
    expect(say(worst)).toBe(
      'If Alder Works is slashed by every service it secures, you lose up to 24.0000 ETH of what can be seen; 2.2000 ETH is not visible.',
    );
    expect(worst.target).toEqual({ page: 'exposure', params: { row: `operator:${OPERATOR}` } });
  });

  it('tells the block and the estimated date until which a withdrawal stays slashable', () => {
    const { view, exposure } = makeBusyView();
    const queued = find(makeStatements({ view, exposure, now }, 9), 'queued');
    const block = { block: { number: BLOCK, hash: '0x', time: BLOCK_TIME }, blockSeconds: 12 };
    expect(queued).toMatchObject({
      wei: 8n * WAD,
      block: BLOCK + 300n,
      time: estimateTimeOfBlock(BLOCK + 300n, block),
    });
    expect(estimateTimeOfBlock(BLOCK + 300n, block)).toBe((BLOCK_TIME + 3600) * 1000);
    expect(say(queued)).toContain('stays slashable until block 1,000,300, ≈ 15 January 2027.');
  });

  it('puts old figures first, and leaves a failed refresh to its own notice', () => {
    const { view, exposure } = makeBusyView();
    const later = now + OLD_AFTER_MS;
    expect(makeStatements({ view, exposure, now: later })[0]).toMatchObject({ kind: 'old' });
    expect(makeStatements({ view, exposure, now: later - 1 })[0]?.kind).not.toBe('old');
    const { freshness } = view;
    if (freshness.kind !== 'read') throw new Error('made as read');
    const error = new AppError('node-unreachable', 'The node does not answer.').toValue();
    const failed = { ...view, freshness: { ...freshness, error, failedAt: later } };
    expect(makeStatements({ view: failed, exposure, now: later }, 9).map(({ kind }) => kind)).not.toContain(
      'old',
    );
  });

  it('says that no service can slash where nothing stands with an operator', () => {
    const observation = makeObservation({
      accounts: [
        {
          address: TREASURY.address,
          balances: [{ instrument: 'ETH', amount: readOk(WAD) }],
          eigenlayer: null,
        },
      ],
    });
    const { view, exposure } = makeView(observation, [TREASURY]);
    expect(makeStatements({ view, exposure, now }).map(({ kind }) => kind)).toEqual(['nothing-restaked']);
  });

  it('draws no conclusion about EigenLayer where it was not asked, and says that things were not read', () => {
    const observation = makeObservation({
      accounts: [
        {
          address: TREASURY.address,
          balances: [{ instrument: 'ETH', amount: readOk(WAD) }],
          eigenlayer: null,
        },
      ],
    });
    const { view, exposure } = makeView(observation, [TREASURY]);
    const notices = [
      { code: 'not-available' as const, contract: 'DelegationManager', call: '', detail: '' },
      { code: 'not-available' as const, contract: 'rsETH', call: '', detail: '' },
    ];
    const statements = makeStatements({ view: { ...view, notices }, exposure, now });
    expect(statements.map(say)).toEqual([
      '2 things could not be read; see Positions.',
      'EigenLayer is not read on this network: whether anything is restaked or queued is not known.',
    ]);
  });

  it('does not promise a date that has gone by', () => {
    const { view, exposure } = makeBusyView();
    const queued = find(makeStatements({ view, exposure, now }, 9), 'queued');
    const later = now + 30 * 24 * OLD_AFTER_MS;
    const said = describeStatement(queued, { t, formatAmount: formatValue, locale: 'en-GB', now: later });
    expect(said).toContain('as last read');
    expect(said).toContain('not read since');
  });

  it('says nothing before anything was read', () => {
    const { view } = makeBusyView();
    const never = { ...view, freshness: { kind: 'never' as const, error: null } };
    expect(makeStatements({ view: never, exposure: null, now })).toEqual([]);
  });

  it('covers amounts in sentences as the formatter does', () => {
    const { view, exposure } = makeBusyView();
    const sentences = makeStatements({ view, exposure, now }, 9).map((statement) =>
      describeStatement(statement, { t, formatAmount: () => '••••', locale: 'en-GB', now }),
    );
    expect(sentences.join(' ')).not.toMatch(/\d ETH/u);
  });
});
