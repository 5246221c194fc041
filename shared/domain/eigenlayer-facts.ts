/**
 * What EigenLayer says of an account beside its shares: its pod, and its rewards. Pure. An account it says nothing of
 * has none.
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { evmAddressSchema } from './address.ts';
import { figureOfReading } from './figure-of-reading.ts';
import { ETH_UNIT, figureSchema, unknownFigure, type Figure, type Unit } from './figure.ts';
import { nameAccount } from './names.ts';
import type { AccountObservation, Observation, PodObservation, RewardsObservation } from './observation.ts';

const podFactsSchema = z.object({
  /** Null where it could not be read whether there is one. */
  address: evmAddressSchema.nullable(),
  /** Signed: below zero is a deficit, which withdrawals pay off first. */
  depositShares: figureSchema,
  activeValidators: figureSchema.nullable(),
  uncheckpointed: figureSchema.nullable(),
});
export type PodFacts = z.infer<typeof podFactsSchema>;

const rewardsFactsSchema = z.object({
  /** Who claims in the account's stead; null where it is the account itself, or not known. */
  claimer: evmAddressSchema.nullable(),
  /** Per token. Of zero and unknown only what is not zero. */
  claimed: z.array(figureSchema),
  /** Never known from the chain alone, and never zero. */
  claimable: figureSchema,
});
export type RewardsFacts = z.infer<typeof rewardsFactsSchema>;

export const eigenlayerFactsSchema = z.object({
  accountId: z.string(),
  pod: podFactsSchema.nullable(),
  rewards: rewardsFactsSchema.nullable(),
});
export type EigenlayerFacts = z.infer<typeof eigenlayerFactsSchema>;

const COUNT_UNIT: Unit = { symbol: '', decimals: 0, kind: 'count' };

/** In the order of the accounts. */
export function listEigenlayerFacts(
  observation: Observation,
  accounts: readonly Account[],
): EigenlayerFacts[] {
  return accounts.flatMap((account) => {
    const observed = observation.accounts.find(
      ({ address }) => account.kind === 'evm' && address === account.address,
    );
    const eigenlayer = observed?.eigenlayer ?? null;
    if (eigenlayer === null) return [];
    const pod = eigenlayer.pod === undefined ? null : describePod(observation, account, eigenlayer.pod);
    const rewards =
      eigenlayer.rewards === undefined
        ? null
        : describeRewards(observation, account, eigenlayer, eigenlayer.rewards);
    return pod === null && rewards === null ? [] : [{ accountId: account.id, pod, rewards }];
  });
}

function describePod(observation: Observation, account: Account, pod: PodObservation): PodFacts | null {
  const { owner, depositShares, activeValidators, uncheckpointed } = pod;
  // A deficit without a pod cannot be, and is shown if it is said.
  if (owner.ok && owner.value === null && depositShares.ok && depositShares.value === 0n) return null;
  const subject = nameAccount(account);
  const read = (name: string, unit: Unit, reading: PodObservation['depositShares']): Figure =>
    figureOfReading({ name: `figure.name.${name}`, subject, unit }, reading, observation);
  return {
    address: owner.ok ? owner.value : null,
    depositShares: read('podShares', ETH_UNIT, depositShares),
    activeValidators: activeValidators && read('activeValidators', COUNT_UNIT, activeValidators),
    uncheckpointed: uncheckpointed && read('uncheckpointed', ETH_UNIT, uncheckpointed),
  };
}

function describeRewards(
  observation: Observation,
  account: Account,
  { depositsRead, queuedRead }: NonNullable<AccountObservation['eigenlayer']>,
  { claimer, claimed }: RewardsObservation,
): RewardsFacts | null {
  const subject = nameAccount(account);
  const figures = claimed
    .filter(({ amount }) => !amount.ok || amount.value > 0n)
    .map(({ instrument, amount }) => {
      const unit: Unit = { symbol: instrument, decimals: 18, kind: 'amount' };
      return figureOfReading({ name: 'figure.name.rewardsClaimed', subject, unit }, amount, observation);
    });
  const isStaker = [depositsRead, queuedRead].some((read) => !read.ok || read.value > 0n);
  // Who never restaked has earned nothing.
  if (figures.length === 0 && !isStaker) return null;
  const head = { name: 'figure.name.rewardsClaimable', subject, unit: ETH_UNIT };
  return {
    claimer: claimer.ok ? claimer.value : null,
    claimed: figures,
    claimable: unknownFigure(head, {
      code: 'not-visible',
      detail: 'What was earned is kept off the chain, which holds only a root of it.',
    }),
  };
}

/** Every figure, once: what the sources of a report are counted by. */
export function figuresOfFacts(facts: readonly EigenlayerFacts[]): readonly Figure[] {
  return facts
    .flatMap(({ pod, rewards }) => [
      pod?.depositShares,
      pod?.activeValidators,
      pod?.uncheckpointed,
      ...(rewards?.claimed ?? []),
    ])
    .filter((figure) => figure !== undefined && figure !== null);
}
