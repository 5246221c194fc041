/**
 * The exit queue of Ethereum: how much stake may leave per epoch, and when an exit asked for now takes effect.
 * Source: ethereum/consensus-specs, specs/electra/beacon-chain.md (get_balance_churn_limit,
 * get_activation_exit_churn_limit, compute_exit_epoch_and_update_churn, initiate_validator_exit) and
 * specs/gloas/beacon-chain.md (get_exit_churn_limit, EIP-8061, read at v1.7.0-beta.2). Exact in gwei.
 */
import type { Gwei } from '../../../../shared/domain/units.ts';
import { refuse } from '../refuse.ts';
import type { Fork } from './fork.ts';
import { EFFECTIVE_BALANCE_INCREMENT } from './preset.ts';

export const SLOT_SECONDS = 12;
const SLOTS_PER_EPOCH = 32;
export const EPOCH_SECONDS = SLOT_SECONDS * SLOTS_PER_EPOCH;

/** MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA. */
const MIN_CHURN = 128n * EFFECTIVE_BALANCE_INCREMENT;

interface ChurnRules {
  /** CHURN_LIMIT_QUOTIENT, CHURN_LIMIT_QUOTIENT_GLOAS. */
  readonly quotient: bigint;
  /** MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT, shared with activations; null: exits have no cap. */
  readonly cap: bigint | null;
}

const ELECTRA: ChurnRules = { quotient: 65_536n, cap: 256n * EFFECTIVE_BALANCE_INCREMENT };
const RULES: Readonly<Record<Fork, ChurnRules>> = {
  electra: ELECTRA,
  fulu: ELECTRA,
  gloas: { quotient: 32_768n, cap: null },
};

/** 1 + MAX_SEED_LOOKAHEAD: from the current epoch to the first in which an exit can take effect. */
const ACTIVATION_EXIT_DELAY = 5n;

/** MAX_SEED_LOOKAHEAD: epochs that pass before an exit can take effect, after the one it is asked for in. */
export const LOOKAHEAD_EPOCHS = 4n;
/** MIN_VALIDATOR_WITHDRAWABILITY_DELAY: epochs from the exit to withdrawability, all of them slashable. */
export const WITHDRAWABILITY_EPOCHS = 256n;

/**
 * Stake that may exit per epoch, in gwei: max(128 ETH, T / 65536) floored to a whole ETH, at most 256 ETH. From Gloas
 * on max(128 ETH, T / 32768) floored to a whole ETH, without a cap.
 *
 * @throws AppError scenario-invalid where the total is below zero, or the fork is not listed
 */
export function computeExitChurnLimit(totalActiveGwei: bigint, fork: Fork): Gwei {
  if (totalActiveGwei < 0n || !Object.hasOwn(RULES, fork)) {
    refuse(
      'The exit queue of this network cannot be computed.',
      `active stake ${totalActiveGwei.toString()} gwei, fork ${fork}`,
      `Enter the ETH staked by active validators, from 0 up, and one of ${Object.keys(RULES).join(', ')}.`,
    );
  }
  const { quotient, cap } = RULES[fork];
  const share = totalActiveGwei / quotient;
  const churn = share > MIN_CHURN ? share : MIN_CHURN;
  const whole = churn - (churn % EFFECTIVE_BALANCE_INCREMENT);
  // `as`: bigint arithmetic drops the brand.
  return (cap !== null && whole > cap ? cap : whole) as Gwei;
}

/** What the state of the chain keeps of the queue. */
export interface ExitQueueState {
  /** earliest_exit_epoch: the epoch the last exit was given. */
  readonly earliestExitEpoch: bigint;
  /** exit_balance_to_consume: what of the churn of that epoch is left. */
  readonly balanceToConsumeGwei: bigint;
}

export interface QueuedExit {
  readonly exitEpoch: bigint;
  /** From here on the balance is paid by the next sweep; slashable up to here. */
  readonly withdrawableEpoch: bigint;
  readonly queue: ExitQueueState;
}

/**
 * Gives one exit its epoch and takes its balance from the queue: compute_exit_epoch_and_update_churn, then
 * initiate_validator_exit.
 *
 * @throws AppError scenario-invalid for a balance, epoch or queue below zero, or a churn of none
 */
export function queueExit(
  queue: ExitQueueState,
  exit: { readonly currentEpoch: bigint; readonly balanceGwei: bigint; readonly churnGwei: bigint },
): QueuedExit {
  const { currentEpoch, balanceGwei, churnGwei } = exit;
  const { earliestExitEpoch, balanceToConsumeGwei } = queue;
  if (
    currentEpoch < 0n ||
    balanceGwei < 0n ||
    churnGwei <= 0n ||
    earliestExitEpoch < 0n ||
    balanceToConsumeGwei < 0n
  ) {
    refuse(
      'An exit queue holds nothing below zero and lets something out.',
      `epoch ${currentEpoch.toString()}, balance ${balanceGwei.toString()}, churn ${churnGwei.toString()}, queue at ${earliestExitEpoch.toString()} with ${balanceToConsumeGwei.toString()}`,
      'Check the queue entered: its epoch, what is left of it, and the amount.',
    );
  }
  const earliest = currentEpoch + ACTIVATION_EXIT_DELAY;
  const isNewEpoch = earliestExitEpoch < earliest;
  let exitEpoch = isNewEpoch ? earliest : earliestExitEpoch;
  let left = isNewEpoch ? churnGwei : balanceToConsumeGwei;
  if (balanceGwei > left) {
    const epochs = (balanceGwei - left - 1n) / churnGwei + 1n;
    exitEpoch += epochs;
    left += epochs * churnGwei;
  }
  return {
    exitEpoch,
    withdrawableEpoch: exitEpoch + WITHDRAWABILITY_EPOCHS,
    queue: { earliestExitEpoch: exitEpoch, balanceToConsumeGwei: left - balanceGwei },
  };
}

/**
 * Epochs a balance waits for churn behind what is ahead of it: ceil((ahead + own) / churn), and at least one. With the
 * look-ahead of 4 epochs before it, this is the epoch {@link queueExit} gives, exit after exit from an empty queue.
 * `churnGwei` is above zero, the balances are not below.
 */
export function countChurnEpochs(aheadGwei: bigint, ownGwei: bigint, churnGwei: bigint): bigint {
  const balance = aheadGwei + ownGwei;
  return balance === 0n ? 1n : (balance - 1n) / churnGwei + 1n;
}
