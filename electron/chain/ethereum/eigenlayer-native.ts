/** Beside its shares, what EigenLayer holds of an account: its pod, and the rewards it has claimed. */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { ContractName } from '../../../shared/domain/network.ts';
import type {
  DelegationReading,
  PodObservation,
  Reading,
  RewardsObservation,
} from '../../../shared/domain/observation.ts';
import { askNamed, targetOf, type ReadContext } from './context.ts';
import {
  activeValidatorCount,
  claimerFor,
  cumulativeClaimed,
  ownerToPod,
  podOwnerDepositShares,
  toAddressOrNull,
  withdrawableRestakedExecutionLayerGwei,
} from './eigenlayer-views.ts';
import { ask, forEach, together, type Reader } from './rounds.ts';
import { nativeBalanceOf } from './token-protocol.ts';
import { fail, mapOutcome, withCheck } from './view.ts';

const WEI_PER_GWEI = 10n ** 9n;
/** More wei than there is ether, in either direction: no count of shares. */
const MOST_SHARES = 10n ** 27n;
/** Services pay in whatever ERC-20 they like; asked for are the token of the incentives and Lido's. */
const REWARD_TOKENS: readonly ContractName[] = ['EIGEN', 'stETH', 'wstETH'];

export interface PodOwner {
  readonly owner: DelegationReading;
  readonly depositShares: Reading;
}

/** Null where the network names no EigenPodManager; a notice says so where native ETH is held. */
export function* readPodOwner(context: ReadContext, account: EvmAddress): Reader<PodOwner | null> {
  if (targetOf(context.network, 'EigenPodManager') === null) return null;
  const [pod, depositShares] = yield* together([
    askNamed(context, 'EigenPodManager', (target) => ownerToPod(target, account)),
    askNamed(context, 'EigenPodManager', (target) =>
      withCheck(podOwnerDepositShares(target, account), (shares) =>
        shares > MOST_SHARES || shares < -MOST_SHARES ? `${shares} shares of native ETH` : null,
      ),
    ),
  ]);
  return { owner: mapOutcome(pod, toAddressOrNull), depositShares };
}

/** The second round: validators and what no checkpoint has counted yet, of a pod that is there. */
export function* readPodDetail(context: ReadContext, pod: PodOwner | null): Reader<PodObservation | null> {
  if (pod === null) return null;
  const address = pod.owner.ok ? pod.owner.value : null;
  if (address === null) return { ...pod, activeValidators: null, uncheckpointed: null };
  const target = { contract: 'EigenPod', address };
  const [activeValidators, counted, balance] = yield* together([
    ask(activeValidatorCount(target)),
    ask(withdrawableRestakedExecutionLayerGwei(target)),
    ask(nativeBalanceOf(context, address)),
  ]);
  return { ...pod, activeValidators, uncheckpointed: subtractCounted(address, balance, counted) };
}

/** As EigenPod._startCheckpoint counts it: whole gwei of the balance less those counted before. */
function subtractCounted(pod: EvmAddress, balance: Reading, counted: Reading): Reading {
  if (!balance.ok) return balance;
  if (!counted.ok) return counted;
  const gwei = balance.value / WEI_PER_GWEI - counted.value;
  const call = 'balance - withdrawableRestakedExecutionLayerGwei()';
  if (gwei < 0n) {
    return fail(
      { contract: 'EigenPod', address: pod, call },
      'absurd',
      'more was counted than the pod holds',
    );
  }
  return { ok: true, value: gwei * WEI_PER_GWEI, contract: 'EigenPod', address: pod, call };
}

/** Null where the network names no RewardsCoordinator: then its rewards are nobody's question. */
export function* readRewards(context: ReadContext, earner: EvmAddress): Reader<RewardsObservation | null> {
  const coordinator = targetOf(context.network, 'RewardsCoordinator');
  if (coordinator === null) return null;
  const tokens = REWARD_TOKENS.flatMap((name) => targetOf(context.network, name) ?? []);
  const [claimer, claimed] = yield* together([
    ask(claimerFor(coordinator, earner)),
    forEach(tokens, (token) => ask(cumulativeClaimed(coordinator, earner, token.address))),
  ]);
  return {
    claimer: mapOutcome(claimer, toAddressOrNull),
    claimed: tokens.flatMap(({ contract: instrument }, index) => {
      const amount = claimed[index];
      return amount === undefined ? [] : [{ instrument, amount }];
    }),
  };
}
