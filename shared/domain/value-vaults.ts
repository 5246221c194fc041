/** Stakes with vaults, and what is on its way out of them. */
import type { Account } from './account.ts';
import type { EvmAddress } from './address.ts';
import { assemblePosition, nameHolding } from './assemble-position.ts';
import { figureOfReading, isAbsent } from './figure-of-reading.ts';
import { SECOND_UNIT, unknownFigure, type Figure, type Unit } from './figure.ts';
import type { Reading, VaultAccount } from './observation.ts';
import type { Position, PositionState } from './position.ts';
import { nameUnderlying, type Valuation } from './valuation.ts';
import { makeRateFigure } from './value-rates.ts';
import { findVaultById, nameUnreadVaults } from './vault-instrument.ts';

/** Every stake and every entry of every withdrawal, once. */
export function valueVaults(
  valuation: Valuation,
  account: Account,
  lists: readonly VaultAccount[],
): Position[] {
  return lists.flatMap((list) => [
    // Of one that was slashed to nothing the shares are left, and it is kept.
    ...list.stakes.map((stake) => valueStake(valuation, account, { list, ...stake })),
    ...list.queued
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((withdrawal) => valueStake(valuation, account, { list, ...withdrawal })),
    ...makeUnread(valuation, account, list, 'restaked', list.stakesRead),
    ...makeUnread(valuation, account, list, 'queued', list.queuedRead),
  ]);
}

interface StakeParts {
  readonly list: VaultAccount;
  readonly vault: EvmAddress;
  readonly amount: Reading;
  /** Left out of a stake that nobody has asked back. */
  readonly id?: bigint;
  readonly claimableFrom?: Reading;
}

function valueStake(
  valuation: Valuation,
  account: Account,
  { list, vault, amount, id, claimableFrom }: StakeParts,
): Position {
  const { observation, price } = valuation;
  const { instrument, rate } = valuation.findVaultStake(list.protocol, vault);
  const subject = nameHolding(instrument, account);
  const unit: Unit = { symbol: nameUnderlying(instrument), decimals: instrument.decimals, kind: 'amount' };
  const from =
    claimableFrom &&
    figureOfReading(
      { name: 'figure.name.claimableFrom', subject, unit: SECOND_UNIT },
      claimableFrom,
      observation,
    );
  // An unreadable date counts as not reached.
  const isOver =
    from?.value !== undefined && from.value !== null && BigInt(observation.origin.block.time) >= from.value;
  return assemblePosition({
    account,
    instrument,
    state: from === undefined ? 'restaked' : isOver ? 'completable' : 'queued',
    amount: figureOfReading({ name: 'figure.name.amount', subject, unit }, amount, observation),
    rate,
    price,
    ...(id === undefined ? {} : { nonce: id }),
    restaking: null,
    vault: {
      protocol: list.protocol,
      vault,
      // Karak redeems at the share price of the day it is finished; Symbiotic sets aside what an epoch that is over pays.
      isFixed: list.protocol === 'symbiotic' && isOver,
      claimableFrom: from ?? null,
      earliest: from === undefined ? makeEarliest(valuation, instrument.id, subject) : null,
    },
  });
}

function makeEarliest({ observation }: Valuation, instrumentId: string, subject: string): Figure | null {
  const earliest = findVaultById(observation, instrumentId)?.earliest;
  if (earliest === undefined) return null;
  const head = { name: 'figure.name.earliestClaim', subject, unit: SECOND_UNIT };
  return figureOfReading(head, earliest, observation);
}

function makeUnread(
  valuation: Valuation,
  account: Account,
  { protocol }: VaultAccount,
  state: PositionState,
  failed: Reading,
): Position[] {
  if (failed.ok || isAbsent(failed)) return [];
  const instrument = nameUnreadVaults(protocol);
  const unit: Unit = { symbol: 'ETH', decimals: instrument.decimals, kind: 'amount' };
  const head = { name: 'figure.name.amount', subject: nameHolding(instrument, account), unit };
  const asked = figureOfReading(head, failed, valuation.observation);
  return [
    assemblePosition({
      account,
      instrument,
      state,
      amount: unknownFigure(head, asked.reason ?? { code: 'call-failed' }, asked.basis),
      rate: makeRateFigure(valuation, null, instrument.symbol),
      price: valuation.price,
      restaking: null,
    }),
  ];
}
