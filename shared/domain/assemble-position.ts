/** The parts every position shares, whatever it is: name, identity, book value. */
import type { Account } from './account.ts';
import { computeFigure, ETH_UNIT, USD_UNIT, type Figure } from './figure.ts';
import type { Instrument } from './instrument.ts';
import { nameAccount, nameWatched } from './names.ts';
import type {
  Position,
  PositionState,
  RequestDetail,
  RestakingDetail,
  StakeDetail,
  VaultDetail,
} from './position.ts';
import { usdOfSat, usdOfWei, weiOfTokens } from './units.ts';

interface PositionParts {
  readonly account: Account;
  readonly instrument: Instrument;
  readonly state: PositionState;
  /** In units of the instrument. */
  readonly amount: Figure;
  readonly rate: Figure;
  /** Dollars per ETH. */
  readonly price: Figure;
  readonly restaking: RestakingDetail | null;
  readonly request?: RequestDetail;
  readonly vault?: VaultDetail;
  readonly stake?: StakeDetail;
  /** Tells withdrawals or stakes of one instrument apart: the nonce, the output. */
  readonly nonce?: bigint | string;
  /** Dollars per BTC, where the amount is bitcoin itself: its value in dollars then needs no price of ETH. */
  readonly btcPrice?: Figure;
}

/** What the figures of a holding are about: `wstETH, Treasury`. */
export function nameHolding(instrument: Instrument, account: Account): string {
  return `${instrument.symbol}, ${nameAccount(account)}`;
}

export function assemblePosition(parts: PositionParts): Position {
  const {
    account,
    instrument,
    state,
    amount,
    rate,
    price,
    restaking,
    request,
    vault,
    stake,
    nonce,
    btcPrice,
  } = parts;
  const subject = nameHolding(instrument, account);
  const bookEth = computeFigure(
    { name: 'figure.name.bookEth', subject, unit: ETH_UNIT },
    'book-eth',
    [amount, rate],
    (units, ethPerUnit) => weiOfTokens(units, instrument.decimals, ethPerUnit),
  );
  const usdHead = { name: 'figure.name.bookUsd', subject, unit: USD_UNIT };
  const bookUsd = btcPrice
    ? computeFigure(usdHead, 'btc-usd', [amount, btcPrice], usdOfSat)
    : computeFigure(usdHead, 'book-usd', [bookEth, price], usdOfWei);
  const identity = [account.id, instrument.id, state, ...(nonce === undefined ? [] : [nonce.toString()])];
  return {
    id: identity.join(':'),
    accountId: account.id,
    accountLabel: nameAccount(account),
    address: nameWatched(account),
    instrument,
    state,
    amount,
    rate,
    bookEth,
    bookUsd,
    restaking,
    ...(request === undefined ? {} : { request }),
    ...(vault === undefined ? {} : { vault }),
    ...(stake === undefined ? {} : { stake }),
  };
}
