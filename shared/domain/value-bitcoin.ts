/** Bitcoin: coins of the account, and stakes with Babylon that its keys can withdraw. Each satoshi is in one position. */
import type { BitcoinAccount } from './account.ts';
import { assemblePosition, nameHolding } from './assemble-position.ts';
import {
  amountOfStake,
  BITCOIN_BLOCK_SECONDS,
  stateOfStake,
  withdrawableFrom,
  type BitcoinAccountObservation,
  type BitcoinObservation,
  type StakeObservation,
  type StakeState,
} from './bitcoin.ts';
import { estimateTimeOfBlock } from './block-time.ts';
import {
  BLOCK_UNIT,
  BTC_UNIT,
  computeFigure,
  readFigure,
  SECOND_UNIT,
  unknownFigure,
  type Figure,
} from './figure.ts';
import { BABYLON_STAKE, findInstrument } from './instrument.ts';
import type { Position, PositionState, StakeDetail } from './position.ts';
import type { Source } from './source.ts';
import type { Valuation } from './valuation.ts';
import { makeRateFigure } from './value-rates.ts';

/** None where the reading does not hold the account. */
export function valueBitcoin(valuation: Valuation, account: BitcoinAccount): Position[] {
  const { bitcoin } = valuation.observation;
  const observed = bitcoin?.accounts.find(({ accountId }) => accountId === account.id);
  if (bitcoin === undefined || observed === undefined) return [];
  const context = { valuation, account, bitcoin };
  return [
    ...valueCoins(context, observed),
    ...observed.stakes
      .map((stake) => ({ stake, state: stateOfStake(stake, Number(bitcoin.tip.number)) }))
      .flatMap(({ stake, state }) => valueStake(context, stake, state)),
  ];
}

interface Context {
  readonly valuation: Valuation;
  readonly account: BitcoinAccount;
  readonly bitcoin: BitcoinObservation;
}

function valueCoins(
  { valuation, account, bitcoin }: Context,
  { confirmed, unconfirmed }: BitcoinAccountObservation,
): Position[] {
  const instrument = findInstrument('BTC');
  if (!instrument) throw new Error('BTC is not among the instruments');
  const { price, btcPrice } = valuation;
  const rate = makeRateFigure(valuation, instrument.id, instrument.symbol);
  const parts = [
    { state: 'held', sat: confirmed, call: 'coins of the account in blocks' },
    { state: 'unconfirmed', sat: unconfirmed, call: 'outputs to the account that wait for a block' },
  ] as const;
  return parts
    .filter(({ sat }) => sat > 0n)
    .map(({ state, sat, call }) => {
      const head = { name: 'figure.name.amount', subject: nameHolding(instrument, account), unit: BTC_UNIT };
      const amount = readFigure(head, sat, sourceOfServer(bitcoin, call));
      return assemblePosition({ account, instrument, state, amount, rate, price, btcPrice, restaking: null });
    });
}

/** The states a stake has while its owner has it. */
const POSITION_STATE: Readonly<Partial<Record<StakeState, PositionState>>> = {
  pending: 'delegated',
  active: 'delegated',
  ending: 'queued',
  unbonding: 'queued',
  withdrawable: 'completable',
};

function valueStake(context: Context, stake: StakeObservation, state: StakeState): Position[] {
  const { valuation, account, bitcoin } = context;
  const positionState = POSITION_STATE[state];
  if (positionState === undefined) return [];
  const instrument = BABYLON_STAKE;
  const head = { name: 'figure.name.amount', subject: nameHolding(instrument, account), unit: BTC_UNIT };
  const { price, btcPrice } = valuation;
  return [
    assemblePosition({
      account,
      instrument,
      state: positionState,
      amount: readFigure(head, amountOfStake(stake), sourceOfServer(bitcoin, nameOutput(stake))),
      rate: makeRateFigure(valuation, 'BTC', 'BTC'),
      price,
      btcPrice,
      // Enough of it to tell stakes apart: all 64 digits would look like a private key wherever ids are typed.
      nonce: `${stake.txid.slice(0, 16)}:${stake.outputIndex}`,
      restaking: null,
      stake: describeStake(context, stake, state),
    }),
  ];
}

function describeStake(
  { account, bitcoin }: Context,
  stake: StakeObservation,
  state: StakeState,
): StakeDetail {
  const { txid, outputIndex, staker, finalityProvider, finalityProviderName, foundBy, terms } = stake;
  const subject = nameHolding(BABYLON_STAKE, account);
  const source = sourceOfServer(bitcoin, nameOutput(stake));
  const parameters = sourceOfServer(bitcoin, nameParameters(stake, bitcoin));
  const readSat = (name: string, sat: bigint | undefined): Figure => {
    const head = { name, subject, unit: BTC_UNIT };
    return sat === undefined
      ? unknownFigure(head, { code: 'not-visible', detail: 'no known version of the parameters fits' })
      : readFigure(head, sat, parameters);
  };
  const height =
    stake.height === null
      ? null
      : readFigure(
          { name: 'figure.name.stakeBlock', subject, unit: BLOCK_UNIT },
          BigInt(stake.height),
          source,
        );
  const from = withdrawableFrom(stake);
  const end =
    from === null
      ? null
      : computeFigure(
          { name: 'figure.name.withdrawableFrom', subject, unit: BLOCK_UNIT },
          'timelock-end',
          height === null ? [] : [height],
          () => BigInt(from),
        );
  return {
    txid,
    outputIndex,
    state,
    staker,
    finalityProvider,
    finalityProviderName,
    foundBy,
    versions: stake.versions,
    stakingBlocks: stake.stakingBlocks,
    unbondingBlocks: terms?.unbondingBlocks ?? null,
    height,
    withdrawableFrom: end,
    withdrawableAt: end === null || from === null ? null : estimateDate(end, BigInt(from), bitcoin, subject),
    lossIfSlashed: readSat('figure.name.lossIfSlashed', terms?.lossIfSlashed),
    unbondingFee: canUnbond(state) ? readSat('figure.name.unbondingFee', terms?.unbondingFee) : null,
  };
}

/** Early: before the timelock ends by itself. */
function canUnbond(state: StakeState): boolean {
  return state === 'pending' || state === 'active';
}

/** Blocks come every ten minutes on average: days off over months, and said to be an estimate. */
function estimateDate(end: Figure, block: bigint, { tip }: BitcoinObservation, subject: string): Figure {
  const ms = estimateTimeOfBlock(block, { block: tip, blockSeconds: BITCOIN_BLOCK_SECONDS });
  const head = { name: 'figure.name.withdrawableAt', subject, unit: SECOND_UNIT };
  const at = computeFigure(head, 'timelock-end', [end], () => BigInt(Math.round(ms / 1000)));
  return { ...at, isEstimate: true };
}

function nameOutput({ txid, outputIndex }: StakeObservation): string {
  return `output ${txid}:${outputIndex}`;
}

function nameParameters({ versions }: StakeObservation, { babylon }: BitcoinObservation): string {
  const list = versions.length === 0 ? '' : `, version ${versions.join(' or ')}`;
  return `Babylon’s parameters${list}, as of ${babylon?.asOf ?? 'an unknown date'}`;
}

/** Everything rests on the tip the server named. */
function sourceOfServer({ network, server, tip, readAt }: BitcoinObservation, call: string): Source {
  return { kind: 'bitcoin', network, endpoint: server.endpoint, block: tip, call, readAt };
}
