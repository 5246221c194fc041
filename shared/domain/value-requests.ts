/** Withdrawal requests: a token was given back to its issuer, and what it pays is on its way. */
import type { Account } from './account.ts';
import { assemblePosition, nameHolding } from './assemble-position.ts';
import { figureOfReading, isAbsent } from './figure-of-reading.ts';
import { BLOCK_UNIT, computeFigure, SECOND_UNIT, unknownFigure, type Figure, type Unit } from './figure.ts';
import type { Instrument } from './instrument.ts';
import type { RequestList, WithdrawalRequest } from './observation.ts';
import type { Position } from './position.ts';
import {
  makeRequestInstrument,
  makeUnknownRequestInstrument,
  makeUnreadRequests,
} from './request-instrument.ts';
import type { Valuation } from './valuation.ts';
import { makeRateFigure } from './value-rates.ts';

/** Every request once. What was given up has left the account, so no balance counts it too. */
export function valueRequests(
  valuation: Valuation,
  account: Account,
  lists: readonly RequestList[],
): Position[] {
  return lists.flatMap((list) => {
    const given = valuation.findInstrument(list.instrument);
    // The readers name tokens of the program; an observation of another version may know more.
    if (!given) return [];
    const positions = list.requests.map((request) => valueRequest(valuation, account, given, request));
    if (list.read.ok || isAbsent(list.read)) return positions;
    return [...positions, makeUnread(valuation, account, given, list)];
  });
}

function valueRequest(
  valuation: Valuation,
  account: Account,
  given: Instrument,
  request: WithdrawalRequest,
): Position {
  const { observation, price } = valuation;
  const paid =
    request.paidIn.instrument === null ? null : valuation.findInstrument(request.paidIn.instrument);
  const instrument = nameRequest(given, paid, request);
  const subject = nameHolding(instrument, account);
  const unit: Unit = {
    symbol: paid?.symbol ?? instrument.symbol.replace(/ from .+$/u, ''),
    decimals: instrument.decimals,
    kind: 'amount',
  };
  const givenUnit: Unit = { symbol: given.symbol, decimals: given.decimals, kind: 'amount' };
  const rate = makeRateFigure(valuation, paid?.id ?? null, unit.symbol);
  const promised = figureOfReading(
    { name: 'figure.name.promised', subject, unit },
    request.pays,
    observation,
  );
  const givenUp = figureOfReading(
    { name: 'figure.name.givenUp', subject, unit: givenUnit },
    request.given,
    observation,
  );
  const { claimableFrom } = request;
  return assemblePosition({
    account,
    instrument,
    state: request.stage,
    amount: makeAmount(valuation, { given, request, subject, unit, promised, givenUp, rate }),
    rate,
    price,
    nonce: request.id,
    restaking: null,
    request: {
      instrument: given.id,
      id: request.id,
      isFixed: request.isFixed,
      given: givenUp,
      promised,
      claimableFrom:
        claimableFrom &&
        figureOfReading(
          {
            name: 'figure.name.claimableFrom',
            subject,
            unit: claimableFrom.unit === 'block' ? BLOCK_UNIT : SECOND_UNIT,
          },
          claimableFrom.at,
          observation,
        ),
    },
  });
}

function nameRequest(given: Instrument, paid: Instrument | null, { paidIn }: WithdrawalRequest): Instrument {
  if (paid) return makeRequestInstrument(given, paid);
  return paidIn.token === null
    ? makeUnreadRequests(given)
    : makeUnknownRequestInstrument(given, paidIn.token);
}

interface AmountParts {
  readonly given: Instrument;
  readonly request: WithdrawalRequest;
  readonly subject: string;
  readonly unit: Unit;
  readonly promised: Figure;
  readonly givenUp: Figure;
  readonly rate: Figure;
}

/** What it pays: what is settled, else the lower of the promise and of what was given up by today's books. */
function makeAmount(valuation: Valuation, parts: AmountParts): Figure {
  const { observation } = valuation;
  const { given, request, subject, unit, promised, givenUp, rate } = parts;
  const head = { name: 'figure.name.amount', subject, unit };
  if (request.isFixed) return { ...promised, ...head };
  if (request.paysToday) {
    const today = figureOfReading(
      { name: 'figure.name.paysToday', subject, unit },
      request.paysToday,
      observation,
    );
    return computeFigure(head, 'request-pays', [promised, today], lower);
  }
  const rateGiven = makeRateFigure(valuation, given.id, given.symbol);
  return computeFigure(
    head,
    'request-pays',
    [promised, givenUp, rateGiven, rate],
    (most, units, ethPerGiven, ethPerPaid) => {
      // A rate of zero is refused where it is read.
      const scale = 10n ** BigInt(given.decimals);
      return lower(most, (units * ethPerGiven * 10n ** BigInt(unit.decimals)) / (ethPerPaid * scale));
    },
  );
}

function lower(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function makeUnread(valuation: Valuation, account: Account, given: Instrument, list: RequestList): Position {
  const { observation, price } = valuation;
  const instrument = makeUnreadRequests(given);
  const unit: Unit = { symbol: 'ETH', decimals: instrument.decimals, kind: 'amount' };
  const head = { name: 'figure.name.amount', subject: nameHolding(instrument, account), unit };
  const asked = figureOfReading(head, list.read, observation);
  return assemblePosition({
    account,
    instrument,
    state: 'requested',
    amount: unknownFigure(head, asked.reason ?? { code: 'call-failed' }, asked.basis),
    rate: makeRateFigure(valuation, null, instrument.symbol),
    price,
    restaking: null,
  });
}
