/**
 * The value step: an observation becomes positions with amounts and book values. Pure. Nothing that was observed is
 * left out: what could not be read is a position with an unknown amount.
 */
import type { Account, EvmAccount } from './account.ts';
import { assemblePosition, nameHolding } from './assemble-position.ts';
import { figureOfReading, isAbsent } from './figure-of-reading.ts';
import { ETH_UNIT, sumFigures, USD_UNIT, unknownFigure, type Unit } from './figure.ts';
import type { Instrument } from './instrument.ts';
import type { AccountObservation, Observation } from './observation.ts';
import { POSITION_STATES, type Position, type Totals } from './position.ts';
import { valueBitcoin } from './value-bitcoin.ts';
import { valueRequests } from './value-requests.ts';
import { makeValuation, type Valuation } from './valuation.ts';
import { makeRateFigure, type KnownPrices } from './value-rates.ts';
import { valueRestaked } from './value-restaked.ts';
import { valueVaults } from './value-vaults.ts';

/**
 * Positions in a fixed order: by account as given, then instrument, then state, then withdrawal. Accounts that the
 * observation does not contain have none.
 */
export function valuePositions(
  observation: Observation,
  accounts: readonly Account[],
  prices: KnownPrices,
): { readonly positions: Position[]; readonly totals: Totals } {
  const valuation = makeValuation(observation, prices);
  const positions = accounts.flatMap((account) => {
    if (account.kind === 'bitcoin') return valueBitcoin(valuation, account);
    const observed = observation.accounts.find(({ address }) => address === account.address);
    return observed ? valueAccount(valuation, account, observed) : [];
  });
  const unique = withUniqueIds(positions);
  return { positions: unique, totals: sumPositions(unique) };
}

/** Totals of any set of positions: unknown values are left out and counted. */
export function sumPositions(positions: readonly Position[]): Totals {
  const eth = sumFigures(
    { name: 'figure.name.totalEth', subject: '', unit: ETH_UNIT },
    positions.map(({ bookEth }) => bookEth),
  );
  const usd = sumFigures(
    { name: 'figure.name.totalUsd', subject: '', unit: USD_UNIT },
    positions.map(({ bookUsd }) => bookUsd),
  );
  return { bookEth: eth.figure, bookUsd: usd.figure, unvaluedCount: eth.unknownCount };
}

function valueAccount(valuation: Valuation, account: EvmAccount, observed: AccountObservation): Position[] {
  const positions = [
    ...observed.balances.flatMap((balance) => valueBalance(valuation, account, balance)),
    ...valueRequests(valuation, account, observed.requests ?? []),
    ...valueVaults(valuation, account, observed.vaults ?? []),
    ...(observed.eigenlayer ? valueRestaked(valuation, account, observed.eigenlayer) : []),
  ];
  const rank = (position: Position): number => valuation.rankInstrument(position.instrument);
  // The sort is stable: withdrawals of one instrument stay in the order of their nonces.
  return positions.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      compareText(a.instrument.id, b.instrument.id) ||
      POSITION_STATES.indexOf(a.state) - POSITION_STATES.indexOf(b.state),
  );
}

function valueBalance(
  valuation: Valuation,
  account: Account,
  balance: AccountObservation['balances'][number],
): Position[] {
  const { amount: reading } = balance;
  // Nothing held; or the network has no such token, which one notice says for all accounts.
  if (reading.ok ? reading.value === 0n : isAbsent(reading)) return [];
  const { observation, price } = valuation;
  const known = valuation.findInstrument(balance.instrument);
  const instrument = known ?? makeUnknownInstrument(balance.instrument);
  const unit: Unit = { symbol: instrument.symbol, decimals: instrument.decimals, kind: 'amount' };
  const head = { name: 'figure.name.amount', subject: nameHolding(instrument, account), unit };
  const read = figureOfReading(head, reading, observation);
  // Without its decimals the number read is no amount.
  const amount = known
    ? read
    : unknownFigure(head, { code: 'not-configured', detail: balance.instrument }, read.basis);
  const rate = makeRateFigure(valuation, instrument.id, instrument.symbol);
  return [assemblePosition({ account, instrument, state: 'held', amount, rate, price, restaking: null })];
}

/** An instrument the observation names but nothing defines: shown, with an unknown amount. */
function makeUnknownInstrument(id: string): Instrument {
  return { id, symbol: id, name: id, decimals: 18, family: 'lrt', issuer: null, dependsOn: [] };
}

/** A withdrawal may name one strategy twice: the second gets a number, so that every id stands for one position. */
function withUniqueIds(positions: readonly Position[]): Position[] {
  const seen = new Map<string, number>();
  return positions.map((position) => {
    const count = (seen.get(position.id) ?? 0) + 1;
    seen.set(position.id, count);
    return count === 1 ? position : { ...position, id: `${position.id}:${count}` };
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
