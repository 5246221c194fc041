/** Positions as the exit model sees them: which way out, what was read about it, how much. */
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import { BITCOIN_BLOCK_SECONDS } from '../../../shared/domain/bitcoin.ts';
import { BABYLON_STAKE } from '../../../shared/domain/instrument.ts';
import { readClaimEnd } from '../../../shared/domain/claim-end.ts';
import type { Evidence, NumberRange } from '../../../shared/domain/exit.ts';
import type { Exposure, ExposurePosition } from '../../../shared/domain/exposure.ts';
import type { VaultProtocol } from '../../../shared/domain/observation.ts';
import type { Position, RequestDetail, StakeDetail, VaultDetail } from '../../../shared/domain/position.ts';
import { parseRequestInstrument } from '../../../shared/domain/request-instrument.ts';
import { parseVaultInstrument } from '../../../shared/domain/vault-instrument.ts';
import { exactly } from './duration.ts';
import type { ExitFactId } from './exit-facts.ts';
import { findPathOfInstrument } from './exit-paths.ts';

export interface ExitPosition {
  readonly id: string;
  readonly label: string;
  readonly instrumentId: string;
  /** What the amount counts; positions of one plan share it. */
  readonly unit: 'wei' | 'sat';
  /** Book value; null: not valued. */
  readonly amount: bigint | null;
  /** Id of an exit path; null where none is known. */
  readonly pathId: string | null;
  /** Path of the token a strategy or vault pays out; null where there is none, or it is not known. */
  readonly underlyingPathId: string | null;
  /** What arrives where the path leaves it open: the symbol of the underlying. */
  readonly underlyingSymbol: string;
  /** Whether a service can slash it while it stands in escrow. */
  readonly isSlashable: boolean;
  /** Facts read or known for this position alone, in the fact's unit: blocks left, a vault's epochs. */
  readonly readings: Partial<
    Record<ExitFactId, { readonly value: NumberRange; readonly evidence: Evidence }>
  >;
}

/** The first block in which something can be had, the first Unix second, or how long it takes from now. */
export type KnownEnd =
  | bigint
  | { readonly second: bigint }
  /** So many of Bitcoin's blocks from when it is asked back. */
  | { readonly bitcoinBlocks: number };

/** When each withdrawal on its way out can be completed, by position id. Those not read are left out. */
export function readCompletableBlocks(positions: readonly Position[]): ReadonlyMap<string, KnownEnd> {
  const ends = new Map<string, KnownEnd>();
  for (const { id, restaking, request, vault, stake } of positions) {
    const claim = request ? readClaim(request) : stake ? readStakeEnd(stake) : readVaultClaim(vault);
    const end = restaking?.completableBlock?.value ?? claim;
    if (end !== null) ends.set(id, end);
  }
  return ends;
}

function readClaim({ claimableFrom }: RequestDetail): KnownEnd | null {
  // The readers leave it out where the wait is over, and it is somebody's turn to pay.
  if (claimableFrom === null) return { second: 0n };
  const end = readClaimEnd(claimableFrom);
  return end?.kind === 'block' ? end.block : end;
}

/** Of a stake that nobody asked back: how long that takes; the timelock is further away. */
function readStakeEnd({ state, unbondingBlocks, withdrawableAt }: StakeDetail): KnownEnd | null {
  if (state === 'active' || state === 'pending') {
    return unbondingBlocks === null ? null : { bitcoinBlocks: unbondingBlocks };
  }
  const second = withdrawableAt?.value ?? null;
  return second === null ? null : { second };
}

function readVaultClaim(vault: VaultDetail | undefined): KnownEnd | null {
  const second = (vault?.claimableFrom ?? vault?.earliest)?.value ?? null;
  return second === null ? null : { second };
}

/**
 * One exit position per position of the exposure.
 *
 * @param completableBlocks as read ({@link readCompletableBlocks}); a queued withdrawal without one may have all of its
 *   delay before it or none
 */
export function makeExitPositions(
  exposure: Exposure,
  completableBlocks: ReadonlyMap<string, KnownEnd>,
): ExitPosition[] {
  return exposure.positions.map((position) => makeExitPosition(position, exposure, completableBlocks));
}

function makeExitPosition(
  position: ExposurePosition,
  exposure: Exposure,
  completableBlocks: ReadonlyMap<string, KnownEnd>,
): ExitPosition {
  const { id, label, instrumentId, bookWei, state } = position;
  const common = { id, label, instrumentId, unit: 'wei', amount: bookWei } as const;
  if (state === 'held') {
    return {
      ...common,
      pathId: findPathOfInstrument(instrumentId)?.id ?? null,
      underlyingPathId: null,
      underlyingSymbol: position.symbol,
      isSlashable: true,
      readings: {},
    };
  }
  if (instrumentId === BABYLON_STAKE.id) {
    const isLeaving = state === 'queued' || state === 'completable';
    const end = completableBlocks.get(id);
    return {
      ...common,
      pathId: isLeaving ? 'babylon-timelock' : 'babylon-unbonding',
      underlyingPathId: null,
      underlyingSymbol: 'BTC',
      // Until it is withdrawn a slashing's scripts still hold.
      isSlashable: true,
      readings: end === undefined ? {} : readStakeWait(isLeaving, exposure, end),
    };
  }
  const request = parseRequestInstrument(instrumentId);
  if (request) {
    // Given back already: of an open request the issuer's own wait is what is left, else only what it pays has a way out.
    const isOpen = state === 'requested';
    const path = findPathOfInstrument(isOpen ? request.given : (request.paid ?? ''));
    return {
      ...common,
      pathId: path?.id ?? null,
      underlyingPathId: null,
      underlyingSymbol: position.symbol,
      isSlashable: isOpen,
      readings: isOpen ? readIssuerWait(request.given, exposure, completableBlocks.get(id)) : {},
    };
  }
  const vault = parseVaultInstrument(instrumentId);
  if (vault) {
    const token = exposure.strategies.find(({ address }) => address === vault.vault)?.name;
    const end = completableBlocks.get(id);
    return {
      ...common,
      pathId: vault.protocol,
      underlyingPathId: findPathOfInstrument(token ?? '')?.id ?? null,
      underlyingSymbol: token ?? position.symbol,
      isSlashable: !isFreeOfServices(position),
      readings: end === undefined ? {} : readVaultWait(vault.protocol, state !== 'restaked', exposure, end),
    };
  }
  const strategy = exposure.strategies.find(({ address }) => instrumentId === `eigenlayer:${address}`);
  const isNative = strategy?.address === BEACON_CHAIN_STRATEGY;
  const isQueued = state === 'queued' || state === 'completable';
  const path = `eigenlayer-${isNative ? 'native' : 'strategy'}${isQueued ? '-queued' : ''}`;
  return {
    ...common,
    // A list that could not be read stands for holdings of unknown kind.
    pathId: strategy === undefined ? null : path,
    underlyingPathId: strategy && !isNative ? (findPathOfInstrument(strategy.name)?.id ?? null) : null,
    underlyingSymbol: strategy?.name ?? position.symbol,
    isSlashable: state !== 'deposited' && !isFreeOfServices(position),
    readings: isQueued
      ? { 'eigenlayer-escrow': readEscrow(position, exposure, completableBlocks.get(id)) }
      : {},
  };
}

/** In Bitcoin's blocks: what is left of a timelock, or what an unbonding takes by the parameters of the stake. */
function readStakeWait(isLeaving: boolean, { origin }: Exposure, end: KnownEnd): ExitPosition['readings'] {
  const blocks =
    typeof end === 'bigint'
      ? null
      : 'bitcoinBlocks' in end
        ? end.bitcoinBlocks
        : Math.max(0, Math.ceil((Number(end.second) - origin.block.time) / BITCOIN_BLOCK_SECONDS));
  if (blocks === null) return {};
  const asOf = `block ${origin.block.number.toString()}`;
  const evidence = {
    status: 'read',
    source: isLeaving ? 'the output’s timelock' : 'Babylon’s parameters of the stake’s version',
    asOf,
    note: blocks === 0 ? 'It is over; it can be withdrawn.' : 'Ten minutes for each block.',
  } as const;
  return { [isLeaving ? 'babylon-timelock' : 'babylon-unbonding']: { value: exactly(blocks), evidence } };
}

/** The issuers whose requests tell when they can be claimed; of the others the published wait stands. */
const ISSUER_WAITS: Readonly<Record<string, { readonly fact: ExitFactId; readonly source: string }>> = {
  ezETH: { fact: 'renzo-cooldown', source: 'WithdrawQueue.coolDownPeriod()' },
  rsETH: { fact: 'kelp-queue', source: 'LRTWithdrawalManager.withdrawalDelayBlocks()' },
};

const VAULT_WAITS: Readonly<Record<VaultProtocol, { readonly fact: ExitFactId; readonly source: string }>> = {
  karak: { fact: 'karak-delay', source: 'DelegationSupervisor.withdrawalDelay()' },
  symbiotic: { fact: 'symbiotic-wait', source: 'Vault.currentEpoch(), epochDuration()' },
};

function readVaultWait(
  protocol: VaultProtocol,
  isAsked: boolean,
  exposure: Exposure,
  end: KnownEnd,
): ExitPosition['readings'] {
  return readWait(VAULT_WAITS[protocol], exposure, end, {
    whileRunning: isAsked ? 'What is left of it.' : 'If it is asked back in that block.',
    whenOver: 'It is over; it can be claimed.',
  });
}

/** What is left of the wait of a request, in days. */
function readIssuerWait(
  given: string,
  exposure: Exposure,
  end: KnownEnd | undefined,
): ExitPosition['readings'] {
  const wait = Object.hasOwn(ISSUER_WAITS, given) ? ISSUER_WAITS[given] : undefined;
  if (wait === undefined || end === undefined) return {};
  return readWait(wait, exposure, end, {
    whileRunning: 'What is left of it.',
    whenOver: 'It is over; the request waits to be paid.',
  });
}

function readWait(
  { fact, source }: { readonly fact: ExitFactId; readonly source: string },
  { origin }: Exposure,
  end: KnownEnd,
  notes: { readonly whileRunning: string; readonly whenOver: string },
): ExitPosition['readings'] {
  if (typeof end !== 'bigint' && 'bitcoinBlocks' in end) return {};
  const seconds =
    typeof end === 'bigint'
      ? Number(end - origin.block.number) * origin.blockSeconds
      : Number(end.second) - origin.block.time;
  const asOf = `block ${origin.block.number.toString()}`;
  const note = seconds > 0 ? notes.whileRunning : notes.whenOver;
  return {
    [fact]: {
      value: exactly(Math.max(0, seconds) / 86_400),
      evidence: { status: 'read', source, asOf, note },
    },
  };
}

/** All of it stands where no service reaches it. */
function isFreeOfServices({ legs }: ExposurePosition): boolean {
  return legs.length > 0 && legs.every(({ kind }) => kind === 'free');
}

function readEscrow(
  { state }: ExposurePosition,
  { origin }: Exposure,
  completable: KnownEnd | undefined,
): { value: NumberRange; evidence: Evidence } {
  const source = 'DelegationManager, queued withdrawal';
  const read = { status: 'read', source, asOf: `block ${origin.block.number.toString()}` } as const;
  if (state === 'completable') {
    return { value: exactly(0), evidence: { ...read, note: 'Its delay is over.' } };
  }
  if (typeof completable !== 'bigint') {
    return {
      value: { low: 0, typical: 100_800, high: 100_800 },
      evidence: { ...read, status: 'unconfirmed', note: 'The block could not be read.' },
    };
  }
  const left = completable - origin.block.number;
  return {
    value: exactly(Number(left > 0n ? left : 0n)),
    evidence: { ...read, note: `Can be completed from block ${completable.toString()}.` },
  };
}
