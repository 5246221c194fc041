/** The parts every position shares, whatever it is: name, identity, book value. */
import type { Account } from './account.ts';
import { computeFigure, ETH_UNIT, USD_UNIT, type Figure } from './figure.ts';
import type { Instrument } from './instrument.ts';
import { nameAccount } from './names.ts';
import type { Position, PositionState, RequestDetail, RestakingDetail, VaultDetail } from './position.ts';
import { usdOfWei, weiOfTokens } from './units.ts';

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
  /** Tells withdrawals of one instrument apart: the nonce. */
  readonly nonce?: bigint;
}

/** What the figures of a holding are about: `wstETH, Treasury`. */
export function nameHolding(instrument: Instrument, account: Account): string {
  return `${instrument.symbol}, ${nameAccount(account)}`;
}

export function assemblePosition(parts: PositionParts): Position {
  const { account, instrument, state, amount, rate, price, restaking, request, vault, nonce } = parts;
  const subject = nameHolding(instrument, account);
  const bookEth = computeFigure(
    { name: 'figure.name.bookEth', subject, unit: ETH_UNIT },
    'book-eth',
    [amount, rate],
    (units, ethPerUnit) => weiOfTokens(units, instrument.decimals, ethPerUnit),
  );
  const bookUsd = computeFigure(
    { name: 'figure.name.bookUsd', subject, unit: USD_UNIT },
    'book-usd',
    [bookEth, price],
    (wei, usd) => usdOfWei(wei, usd),
  );
  const identity = [account.id, instrument.id, state, ...(nonce === undefined ? [] : [nonce.toString()])];
  return {
    id: identity.join(':'),
    accountId: account.id,
    accountLabel: nameAccount(account),
    address: account.address,
    instrument,
    state,
    amount,
    rate,
    bookEth,
    bookUsd,
    restaking,
    ...(request === undefined ? {} : { request }),
    ...(vault === undefined ? {} : { vault }),
  };
}
