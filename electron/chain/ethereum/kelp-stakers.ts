/**
 * Kelp: its deposit pool lists the node delegators, each a staker of its own. Their own views are from before slashing,
 * so EigenLayer is asked about them instead.
 */
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { unreadableList, type StakerList } from './backing.ts';
import { askNamed, type ReadContext } from './context.ts';
import type { Reader } from './rounds.ts';
import { defineView } from './view.ts';

const getNodeDelegatorQueue = defineView('function getNodeDelegatorQueue() view returns (address[])');

export function* readKelpStakers(context: ReadContext): Reader<StakerList> {
  const queue = yield* askNamed(context, 'LRTDepositPool', (target) => getNodeDelegatorQueue(target));
  return queue.ok ? { stakers: queue.value.map(toEvmAddress), gap: null } : unreadableList(queue.detail);
}
