/** Positions in EigenLayer: deposits by strategy, and withdrawals that are queued or can be completed. */
import type { Account } from './account.ts';
import type { EvmAddress } from './address.ts';
import { assemblePosition, nameHolding } from './assemble-position.ts';
import { figureOfReading } from './figure-of-reading.ts';
import {
  BLOCK_UNIT,
  BLOCKS_UNIT,
  computeFigure,
  FACTOR_UNIT,
  unknownFigure,
  type Figure,
  type Unit,
} from './figure.ts';
import type { Instrument } from './instrument.ts';
import { nameOperator } from './names.ts';
import type {
  AccountObservation,
  QueuedEntry,
  QueuedWithdrawal,
  Reading,
  RestakedDeposit,
} from './observation.ts';
import type { Position, PositionState, RestakingDetail } from './position.ts';
import {
  explainQueued,
  explainWithdrawable,
  makeFactorFigure,
  makeSharesFigure,
} from './restaking-figures.ts';
import { nameUnderlying, UNREAD_EIGENLAYER, type Valuation } from './valuation.ts';
import { makeRateFigure } from './value-rates.ts';

type EigenlayerObservation = NonNullable<AccountObservation['eigenlayer']>;

/** Every deposit and every entry of every withdrawal, once. */
export function valueRestaked(
  valuation: Valuation,
  account: Account,
  eigenlayer: EigenlayerObservation,
): Position[] {
  const { delegatedTo, deposits, depositsRead, queued, queuedRead } = eigenlayer;
  const operator = delegatedTo.ok ? delegatedTo.value : null;
  const isOperatorUnknown = !delegatedTo.ok;
  const positions = [
    ...deposits
      .filter((deposit) => !isEmpty(deposit.depositShares, deposit.withdrawableShares))
      .map((deposit) => valueDeposit(valuation, account, deposit, operator, isOperatorUnknown)),
    // The contract keeps them in no particular order.
    ...queued
      .toSorted((a, b) => (a.nonce < b.nonce ? -1 : 1))
      .flatMap((withdrawal) =>
        withdrawal.entries
          .filter((entry) => !isEmpty(entry.scaledShares, entry.shares))
          .map((entry) => valueQueued(valuation, account, withdrawal, entry)),
      ),
  ];
  // A list that could not be read is not an empty list.
  if (!depositsRead.ok) {
    positions.push(makeUnread(valuation, account, nameState(operator, isOperatorUnknown), depositsRead));
  }
  if (!queuedRead.ok) positions.push(makeUnread(valuation, account, 'queued', queuedRead));
  return positions;
}

/** Not read is not the same as delegated to nobody: it may be slashable. */
function nameState(operator: EvmAddress | null, isOperatorUnknown: boolean): PositionState {
  if (isOperatorUnknown) return 'restaked';
  return operator ? 'delegated' : 'deposited';
}

/** Nothing there and nothing lost: a deposit slashed to zero has deposit shares left and is kept. */
function isEmpty(before: Reading, after: Reading): boolean {
  return before.ok && before.value === 0n && after.ok && after.value === 0n;
}

function valueDeposit(
  valuation: Valuation,
  account: Account,
  deposit: RestakedDeposit,
  operator: EvmAddress | null,
  isOperatorUnknown: boolean,
): Position {
  const { observation } = valuation;
  const { strategy } = deposit;
  const { instrument, rate } = valuation.findRestaked(strategy);
  const subject = nameHolding(instrument, account);
  const depositShares = makeSharesFigure('depositShares', subject, deposit.depositShares, observation);
  const depositScalingFactor = makeFactorFigure(
    'scalingFactor',
    subject,
    deposit.depositScalingFactor,
    observation,
  );
  const beaconFactor = makeBeaconFactor(valuation, subject, deposit.beaconFactor);
  const maxMagnitude = makeMaxMagnitude(valuation, operator, strategy, isOperatorUnknown);
  const withdrawableShares = explainWithdrawable(
    makeSharesFigure('withdrawableShares', subject, deposit.withdrawableShares, observation),
    depositShares,
    depositScalingFactor,
    { maxMagnitude, beaconFactor },
  );
  return assemblePosition({
    account,
    instrument,
    state: nameState(operator, isOperatorUnknown),
    amount: makeAmount(valuation, instrument, subject, withdrawableShares, deposit.underlying),
    rate,
    price: valuation.price,
    restaking: {
      strategy,
      operator,
      isOperatorUnknown,
      depositShares,
      withdrawableShares,
      depositScalingFactor,
      beaconFactor,
      maxMagnitude,
      completableBlock: null,
      ...(operator === null ? {} : makeSlashResolution(valuation)),
    },
  });
}

function valueQueued(
  valuation: Valuation,
  account: Account,
  withdrawal: QueuedWithdrawal,
  entry: QueuedEntry,
): Position {
  const { observation } = valuation;
  const { strategy } = entry;
  const { instrument, rate } = valuation.findRestaked(strategy);
  const subject = nameHolding(instrument, account);
  const scaledShares = makeSharesFigure('scaledShares', subject, entry.scaledShares, observation);
  const beaconFactor = makeBeaconFactor(valuation, subject, entry.beaconFactor);
  const maxMagnitude = makeMaxMagnitude(valuation, withdrawal.delegatedTo, strategy, false);
  const withdrawableShares = explainQueued(
    makeSharesFigure('withdrawableShares', subject, entry.shares, observation),
    scaledShares,
    { maxMagnitude, beaconFactor },
  );
  const completableBlock = figureOfReading(
    { name: 'figure.name.completableBlock', subject, unit: BLOCK_UNIT },
    withdrawal.completableBlock,
    observation,
  );
  return assemblePosition({
    account,
    instrument,
    state: isCompletable(completableBlock, observation.origin.block.number) ? 'completable' : 'queued',
    amount: makeAmount(valuation, instrument, subject, withdrawableShares, entry.underlying),
    rate,
    price: valuation.price,
    nonce: withdrawal.nonce,
    restaking: {
      strategy,
      operator: withdrawal.delegatedTo,
      isOperatorUnknown: false,
      depositShares: scaledShares,
      withdrawableShares,
      depositScalingFactor: null,
      beaconFactor,
      maxMagnitude,
      completableBlock,
      ...(withdrawal.delegatedTo === null ? {} : makeSlashResolution(valuation)),
    },
  });
}

function makeSlashResolution({ observation }: Valuation): Pick<RestakingDetail, 'slashResolution'> {
  const { slashResolutionDelay } = observation;
  if (slashResolutionDelay === undefined) return {};
  const head = { name: 'figure.name.slashResolution', subject: 'EigenLayer', unit: BLOCKS_UNIT };
  return { slashResolution: figureOfReading(head, slashResolutionDelay, observation) };
}

/** An unreadable block counts as not reached: the withdrawal may still be slashed. */
function isCompletable(completableBlock: Figure, block: bigint): boolean {
  return completableBlock.value !== null && block >= completableBlock.value;
}

/** Withdrawable shares as the strategy converts them. A token of unknown decimals is counted in its smallest unit. */
function makeAmount(
  valuation: Valuation,
  instrument: Instrument,
  subject: string,
  shares: Figure,
  underlying: Reading,
): Figure {
  const unit: Unit = { symbol: nameUnderlying(instrument), decimals: instrument.decimals, kind: 'amount' };
  const converted = figureOfReading(
    { name: 'figure.name.underlying', subject, unit },
    underlying,
    valuation.observation,
  );
  return computeFigure(
    { name: 'figure.name.amount', subject, unit },
    'underlying',
    [shares, converted],
    (_shares, tokens) => tokens,
  );
}

function makeBeaconFactor(valuation: Valuation, subject: string, reading: Reading | null): Figure | null {
  return reading && makeFactorFigure('beaconFactor', subject, reading, valuation.observation);
}

/** Null where there is no operator; unknown where there is one and its state was not read. */
function makeMaxMagnitude(
  valuation: Valuation,
  operator: EvmAddress | null,
  strategy: EvmAddress,
  isOperatorUnknown: boolean,
): Figure | null {
  const head = { name: 'figure.name.maxMagnitude', subject: 'EigenLayer', unit: FACTOR_UNIT };
  if (isOperatorUnknown) return unknownFigure(head, { code: 'not-visible' });
  if (operator === null) return null;
  const state = valuation.findOperatorStrategy(operator, strategy);
  if (!state) return unknownFigure(head, { code: 'not-visible', detail: operator });
  const { observation } = valuation;
  const known = observation.operators.find(({ address }) => address === operator);
  const subject = nameOperator(known ?? { address: operator, name: null });
  return makeFactorFigure('maxMagnitude', subject, state.maxMagnitude, observation);
}

function makeUnread(valuation: Valuation, account: Account, state: PositionState, failed: Reading): Position {
  const instrument = UNREAD_EIGENLAYER;
  const unit: Unit = { symbol: 'ETH', decimals: instrument.decimals, kind: 'amount' };
  const head = { name: 'figure.name.amount', subject: nameHolding(instrument, account), unit };
  const asked = figureOfReading(head, failed, valuation.observation);
  return assemblePosition({
    account,
    instrument,
    state,
    amount: unknownFigure(head, asked.reason ?? { code: 'call-failed' }, asked.basis),
    rate: makeRateFigure(valuation, null, instrument.symbol),
    price: valuation.price,
    restaking: null,
  });
}
