/**
 * The way out of a validator: look-ahead, exit queue, withdrawability, sweep.
 * Formula: 4 epochs + ceil((ahead + own) / churn) epochs + 256 epochs + none to all of a round of the sweep.
 */
import type {
  Evidence,
  ExitAssumptions,
  ExitInput,
  ExitLeg,
  NumberRange,
} from '../../../shared/domain/exit.ts';
import {
  computeExitChurnLimit,
  countChurnEpochs,
  EPOCH_SECONDS,
  LOOKAHEAD_EPOCHS,
  SLOT_SECONDS,
  WITHDRAWABILITY_EPOCHS,
} from '../protocols/ethereum/exit-churn.ts';
import { computeSweepSlots } from '../protocols/ethereum/withdrawal-sweep.ts';
import { exactly, mapSlots, scaleRange } from './duration.ts';
import { DEFAULT_EXIT_ASSUMPTIONS, NETWORK_EVIDENCE } from './exit-assumptions.ts';
import { QUEUE_EVIDENCE, QUEUE_SETS } from './queue-history.ts';

const GWEI_PER_ETH = 1e9;
const EPOCHS_PER_DAY = 225;
/** Multiples of the queue are kept to a millionth. */
const MULTIPLE_UNIT = 1_000_000;

const ENTERED: Evidence = { status: 'entered', source: 'entered', asOf: null };
const SPEC: Evidence = {
  status: 'confirmed',
  source: 'ethereum/consensus-specs, specs/electra/beacon-chain.md and specs/gloas/beacon-chain.md',
  asOf: '2026',
};

type LegParts = Pick<ExitLeg, 'id' | 'kind' | 'duration' | 'isSlashable' | 'inputs'>;

/**
 * The four legs in order, of a balance that enters the exit queue now, `ownGwei` in all.
 *
 * @param queueMultiple the stake ahead is multiplied by it, to a millionth
 */
export function makeValidatorExit(
  assumptions: ExitAssumptions,
  queueMultiple: number,
  ownGwei: bigint,
): readonly LegParts[] {
  const { fork, totalActiveGwei } = assumptions;
  const churn = computeExitChurnLimit(totalActiveGwei, fork);
  const ahead = mapSlots((slot) => multiply(findStakeAhead(assumptions)[slot], queueMultiple));
  const queueEpochs = mapSlots((slot) => Number(countChurnEpochs(ahead[slot], ownGwei, churn)));
  const isDefaultTotal = totalActiveGwei === DEFAULT_EXIT_ASSUMPTIONS.totalActiveGwei;
  // At its cap or floor the churn is the same for half of the stake.
  const doesStakeMatter = churn !== computeExitChurnLimit(totalActiveGwei / 2n, fork);
  const activeStake = makeEthInput(
    'active-stake',
    totalActiveGwei,
    isDefaultTotal ? NETWORK_EVIDENCE.totalActiveGwei : ENTERED,
  );
  return [
    makeEpochLeg('look-ahead', exactly(Number(LOOKAHEAD_EPOCHS)), []),
    makeEpochLeg('churn-queue', queueEpochs, [
      {
        id: 'stake-ahead',
        unit: 'eth',
        value: mapSlots((slot) => Number(ahead[slot]) / GWEI_PER_ETH),
        evidence: assumptions.queue.kind === 'set' ? QUEUE_EVIDENCE : ENTERED,
      },
      makeEthInput('own-stake', ownGwei, { status: 'assumed', source: 'book value that exits', asOf: null }),
      makeEthInput('exit-churn', churn, SPEC),
      ...(doesStakeMatter ? [activeStake] : []),
    ]),
    makeEpochLeg('withdrawability', exactly(Number(WITHDRAWABILITY_EPOCHS)), []),
    makeSweep(assumptions),
  ];
}

function makeEpochLeg(
  kind: 'look-ahead' | 'churn-queue' | 'withdrawability',
  epochs: NumberRange,
  inputs: readonly ExitInput[],
): LegParts {
  const counted: ExitInput = { id: kind, unit: 'epochs', value: epochs, evidence: SPEC };
  return {
    id: kind,
    kind,
    duration: scaleRange(epochs, EPOCH_SECONDS),
    // Up to the withdrawable epoch a validator can be slashed, out of the active set or not.
    isSlashable: true,
    inputs: kind === 'churn-queue' ? [...inputs] : [counted],
  };
}

function makeEthInput(id: string, gwei: bigint, evidence: Evidence): ExitInput {
  return { id, unit: 'eth', value: exactly(Number(gwei) / GWEI_PER_ETH), evidence };
}

/** Somewhere in the round: at once, half of it, all of it. */
function makeSweep(assumptions: ExitAssumptions): LegParts {
  const { validators, paidValidators, withdrawalsPerSlot } = assumptions;
  const slots = computeSweepSlots(validators, paidValidators, withdrawalsPerSlot);
  const wait: NumberRange = { low: 0, typical: Math.ceil(slots / 2), high: slots };
  const isDefault = validators === DEFAULT_EXIT_ASSUMPTIONS.validators;
  return {
    id: 'sweep',
    kind: 'sweep',
    duration: scaleRange(wait, SLOT_SECONDS),
    isSlashable: false,
    inputs: [
      { id: 'sweep', unit: 'slots', value: wait, evidence: SPEC },
      {
        id: 'validators',
        unit: 'count',
        value: exactly(validators),
        evidence: isDefault ? NETWORK_EVIDENCE.validators : ENTERED,
      },
    ],
  };
}

/**
 * Gwei ahead. A set gives days as they were recorded, at the churn of Electra: the stake they mean is the days times
 * 225 epochs times that churn, and a fork with another churn works through the same stake.
 */
function findStakeAhead({
  queue,
  totalActiveGwei,
}: ExitAssumptions): Record<'low' | 'typical' | 'high', bigint> {
  if (queue.kind === 'ahead') {
    const { aheadGwei } = queue;
    return mapSlots(() => aheadGwei);
  }
  const churn = computeExitChurnLimit(totalActiveGwei, 'electra');
  const days = QUEUE_SETS[queue.set];
  return mapSlots((slot) => BigInt(Math.ceil((days[slot] ?? 0) * EPOCHS_PER_DAY)) * churn);
}

function multiply(gwei: bigint, multiple: number): bigint {
  return (gwei * BigInt(Math.round(multiple * MULTIPLE_UNIT))) / BigInt(MULTIPLE_UNIT);
}
