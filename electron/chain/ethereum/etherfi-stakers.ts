/**
 * ether.fi: every node is a staker, and only the event of its making tells of it; whether those made before the event was
 * introduced were all told later is not confirmed, and what they have would stand out of sight. The stETH it holds is
 * restaked by one more contract.
 */
import { toEventSelector } from 'viem';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import type { StakerList } from './backing.ts';
import { targetOf, type ReadContext } from './context.ts';
import { give, type Reader } from './rounds.ts';
import { findTrail, type TrailKind } from './trails.ts';
import { addressOfWord } from './word-address.ts';

export const nodeTrail: TrailKind = {
  id: 'etherfi-nodes',
  contract: 'EtherFiStakingManager',
  event: toEventSelector('event EtherFiNodeDeployed(address indexed etherFiNode)'),
  subject: null,
  read: ({ topics }) => addressOfWord(topics[1]),
};

export function* readEtherfiStakers({ network, trails, trailGaps }: ReadContext): Reader<StakerList> {
  const nodes = findTrail(trails, nodeTrail)?.found.map(({ value }) => toEvmAddress(value)) ?? [];
  const restaker = targetOf(network, 'EtherFiRestaker');
  const gap = trailGaps.get(nodeTrail.id);
  return yield* give({
    stakers: [...nodes, ...(restaker === null ? [] : [restaker.address])],
    gap: gap === undefined ? null : `the events that tell of its nodes were not all read: ${gap}`,
  });
}
