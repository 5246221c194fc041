/** What the exit model assumes where nobody says otherwise, and what it refuses to assume. */
import type { Evidence, ExitAssumptions, ExitStress } from '../../../shared/domain/exit.ts';
import { WAD, type Wad } from '../../../shared/domain/units.ts';
import { WITHDRAWALS_PER_SLOT } from '../protocols/ethereum/withdrawal-sweep.ts';
import { refuse } from '../protocols/refuse.ts';
import { isRange } from './duration.ts';
import { isExitFactId } from './exit-facts.ts';
import { findExitPath, isPausable } from './exit-paths.ts';
import { validateDepthCurve } from './depth-curve.ts';

const GWEI_PER_ETH = 10n ** 9n;

export const DEFAULT_EXIT_ASSUMPTIONS: ExitAssumptions = {
  fork: 'fulu',
  queue: { kind: 'set', set: 'base' },
  totalActiveGwei: 35_860_000n * GWEI_PER_ETH,
  validators: 898_000,
  // Every validator below its maximum balance skims, or did until it compounds: the slowest round.
  paidValidators: 898_000,
  withdrawalsPerSlot: WITHDRAWALS_PER_SLOT,
  blockSeconds: 12,
  overrides: {},
  coverage: {},
  annualLossRate: null,
  annualLossRates: {},
  requiredAnnualYield: 0.03,
  markets: [],
};

export const NO_EXIT_STRESS: ExitStress = { queueMultiple: 1, pauses: [], depthWithdrawn: 0n as Wad };

/** Where the defaults of the network come from; a value that differs from the default was entered. */
export const NETWORK_EVIDENCE: Readonly<Record<'totalActiveGwei' | 'validators', Evidence>> = {
  totalActiveGwei: {
    status: 'disputed',
    source: 'blog.web3wagmi.com, citing validatorqueue.com and beaconcha.in',
    asOf: '2026-05',
    note: '35.86 or 39.1 million ETH; the lower one, because it gives the slower queue.',
  },
  validators: {
    status: 'secondary',
    source: 'blog.web3wagmi.com, citing validatorqueue.com and beaconcha.in',
    asOf: '2026-05',
    note: 'Every one of them taken to be paid in a round of the sweep, which makes it the longest.',
  },
};

const MAX_RATE = 1000;
const MAX_MULTIPLE = 1_000_000;
const MAX_MARKETS = 1000;

function isWithin(value: number, low: number, high: number): boolean {
  return Number.isFinite(value) && value >= low && value <= high;
}

/** @throws AppError scenario-invalid; the message says what is wrong, the help what to enter instead */
export function validateExitAssumptions(assumptions: ExitAssumptions): void {
  const { queue, totalActiveGwei, blockSeconds, overrides, coverage, markets } = assumptions;
  if (totalActiveGwei < 0n || (queue.kind === 'ahead' && queue.aheadGwei < 0n)) {
    refuse('The stake of the network is below zero.', 'totalActiveGwei, aheadGwei', 'Enter ETH from 0 up.');
  }
  if (!isWithin(blockSeconds, 0.001, 86_400)) {
    refuse('Blocks cannot be this far apart.', `${blockSeconds} seconds`, 'Enter 12 for Ethereum.');
  }
  for (const [id, value] of Object.entries(overrides)) {
    if (!isExitFactId(id)) {
      refuse('A wait was entered for something unknown.', id, 'Use the ids of the list of facts.');
    }
    if (!isRange(value)) {
      refuse(
        'A wait entered is not a range.',
        `${id}: ${value.low ?? 'unknown'} to ${value.typical ?? 'unknown'} to ${value.high ?? 'unknown'}`,
        'Enter low, typical and high from 0 up, none below the one before it.',
      );
    }
  }
  for (const id of Object.keys(coverage)) {
    if (findExitPath(id) === undefined) {
      refuse('A buffer was described for an unknown way out.', id, 'Use the ids of the list of paths.');
    }
  }
  validateRates(assumptions);
  validateMarkets(markets);
}

function validateRates(assumptions: ExitAssumptions): void {
  const { annualLossRate, annualLossRates, requiredAnnualYield } = assumptions;
  const rates = [...(annualLossRate === null ? [] : [annualLossRate]), ...Object.values(annualLossRates)];
  if (!rates.every((rate) => isWithin(rate, 0, MAX_RATE))) {
    refuse(
      'The rate of loss is not one.',
      rates.join(', '),
      `Enter the share lost per year from 0 up, at most ${MAX_RATE}.`,
    );
  }
  if (!isWithin(requiredAnnualYield, 0, MAX_RATE)) {
    refuse(
      'The yield required of waiting is not one.',
      `${requiredAnnualYield}`,
      'Enter it from 0 up, as a share of one: 0.03.',
    );
  }
}

function validateMarkets(markets: ExitAssumptions['markets']): void {
  if (markets.length > MAX_MARKETS) {
    refuse('There are too many markets.', `${markets.length}`, `Keep to ${MAX_MARKETS}.`);
  }
  const ids = new Set<string>();
  const traded = new Set<string>();
  for (const { id, instrumentIds, curve } of markets) {
    if (ids.has(id)) refuse('A market is listed twice.', id, 'Give each an id of its own.');
    ids.add(id);
    for (const instrumentId of instrumentIds) {
      if (traded.has(instrumentId)) {
        refuse('Two markets trade the same token.', instrumentId, 'Add their depth up, or drop one.');
      }
      traded.add(instrumentId);
    }
    validateDepthCurve(curve);
  }
}

/** @throws AppError scenario-invalid */
export function validateExitStress({ queueMultiple, pauses, depthWithdrawn }: ExitStress): void {
  if (!isWithin(queueMultiple, 0, MAX_MULTIPLE)) {
    refuse('The queue cannot be multiplied by this.', `${queueMultiple}`, 'Enter 1 for the queue as it is.');
  }
  for (const { protocol, days } of pauses) {
    if (!isPausable(protocol)) {
      refuse('A pause was entered for something unknown.', protocol, 'Use a protocol of the list, or all.');
    }
    if (days !== null && !isWithin(days, 0, 36_500)) {
      refuse('A pause cannot last this long.', `${protocol}: ${days} days`, 'Enter days, or leave it open.');
    }
  }
  if (depthWithdrawn < 0n || depthWithdrawn > WAD) {
    refuse(
      'Depth cannot be withdrawn like this.',
      `${depthWithdrawn.toString()} of 1e18`,
      'Enter a share of 0% to 100%.',
    );
  }
}
