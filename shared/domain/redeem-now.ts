/** What a protocol hands out for a position at once: in ether or bitcoin, without a sale and without a wait. */
import { figureOfReading } from './figure-of-reading.ts';
import { computeFigure, ETH_UNIT, readFigure, unknownFigure, type Figure } from './figure.ts';
import type { Redeemable } from './observation.ts';
import type { Position, PositionState } from './position.ts';
import { minOf } from './units.ts';
import { findUnderlying, type Valuation } from './valuation.ts';

/** States in which nothing leaves: what is zero then is exactly zero, and why stands beside it. */
const LOCKED: Readonly<Partial<Record<PositionState, string>>> = {
  unconfirmed: 'figure.why.notNow.unconfirmed',
  restaked: 'figure.why.notNow.restaked',
  deposited: 'figure.why.notNow.restaked',
  delegated: 'figure.why.notNow.restaked',
  queued: 'figure.why.notNow.queued',
  requested: 'figure.why.notNow.requested',
  finalised: 'figure.why.notNow.requested',
};

/** What it is already, or can be turned into one for one by anybody. */
const MONEY: ReadonlySet<string> = new Set(['ETH', 'WETH', 'BTC']);

/**
 * Tokens whose issuer redeems through a queue and in no other way, by the contracts the exit page names. Of the others some
 * have a way at once that no reader asks (ether.fi, Renzo, Kelp), or one outside the chain (cbETH, claims on bitcoin).
 */
const QUEUE_ONLY: ReadonlySet<string> = new Set(['stETH', 'wstETH', 'mETH', 'cmETH', 'swETH', 'rswETH']);

/** Unknown where the amount is, and where no view that is read tells. */
export function makeRedeemableFigure(valuation: Valuation, position: Position): Figure {
  const { bookEth, amount, state } = position;
  const head = { name: 'figure.name.redeemableEth', subject: amount.subject, unit: ETH_UNIT };
  // A list that could not be read may hold what can be claimed.
  if (amount.value === null) {
    return unknownFigure(
      head,
      amount.reason ?? { code: 'input-unknown', detail: amount.subject },
      amount.basis,
    );
  }
  const why = LOCKED[state];
  if (why !== undefined) return readFigure(head, 0n, { kind: 'definition', why });
  const token = findUnderlying(valuation.observation, position);
  if (token !== null && MONEY.has(token)) return computeFigure(head, 'redeem-all', [bookEth], (wei) => wei);
  if (token !== null && QUEUE_ONLY.has(token)) {
    return readFigure(head, 0n, { kind: 'definition', why: 'figure.why.notNow.issuerQueue' });
  }
  const read = state === 'held' ? findRedeemable(valuation, position) : null;
  return read === null
    ? unknownFigure(head, { code: 'not-visible', detail: amount.unit.symbol })
    : redeemRead(valuation, position, read);
}

function findRedeemable({ observation }: Valuation, { address, instrument }: Position): Redeemable | null {
  const account = observation.accounts.find((one) => one.address === address);
  return account?.balances.find((balance) => balance.instrument === instrument.id)?.redeemable ?? null;
}

function redeemRead({ observation }: Valuation, { bookEth }: Position, read: Redeemable): Figure {
  const { subject } = bookEth;
  const head = { name: 'figure.name.redeemableEth', subject, unit: ETH_UNIT };
  if (read.kind === 'pays') {
    const pays = figureOfReading(
      { name: 'figure.name.redeemPays', subject, unit: ETH_UNIT },
      read.reading,
      observation,
    );
    return computeFigure(head, 'redeem-pays', [pays], (wei) => wei);
  }
  const there = figureOfReading(
    { name: 'figure.name.redeemThere', subject, unit: ETH_UNIT },
    read.reading,
    observation,
  );
  return computeFigure(head, 'redeem-limit', [bookEth, there], minOf);
}
