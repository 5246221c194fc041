/** Who runs the network of a deployment: two operators, two services, and what they have agreed on. */
import type { Address } from 'viem';
import type { CallOptions } from './calls.ts';

export const operators = {
  first: '0x0900000000000000000000000000000000000001',
  second: '0x0900000000000000000000000000000000000002',
} as const satisfies Record<string, Address>;
export const services = {
  first: '0xa500000000000000000000000000000000000001',
  second: '0xa500000000000000000000000000000000000002',
} as const satisfies Record<string, Address>;

/** Registers both operators, and makes an operator set of each service: `first` burns, `second` redistributes. */
export async function setUpOperators(
  send: (contract: 'AllocationManager' | 'DelegationManager', options: CallOptions) => Promise<void>,
  strategies: { readonly stETH: Address; readonly beaconChainETH: Address },
  allocationDelay: number,
): Promise<void> {
  const metadata = (name: string): string => `https://metadata.example/${name}.json`;
  for (const [name, avs] of Object.entries(services)) {
    const args = [avs, metadata(`service-${name}`)];
    await send('AllocationManager', { from: avs, functionName: 'updateAVSMetadataURI', args });
  }
  const burning = [{ operatorSetId: 0, strategies: [strategies.stETH, strategies.beaconChainETH] }];
  const redistributing = [{ operatorSetId: 1, strategies: [strategies.stETH] }];
  await send('AllocationManager', {
    from: services.first,
    functionName: 'createOperatorSets',
    args: [services.first, burning],
  });
  await send('AllocationManager', {
    from: services.second,
    functionName: 'createRedistributingOperatorSets',
    args: [services.second, redistributing, [services.second]],
  });

  for (const [name, operator] of Object.entries(operators)) {
    const args = [operator, allocationDelay, metadata(`operator-${name}`)];
    await send('DelegationManager', { from: operator, functionName: 'registerAsOperator', args });
    const joined =
      operator === operators.first
        ? [
            [services.first, 0],
            [services.second, 1],
          ]
        : [[services.first, 0]];
    for (const [avs, id] of joined) {
      const params = { avs, operatorSetIds: [id], data: '0x' };
      await send('AllocationManager', {
        from: operator,
        functionName: 'registerForOperatorSets',
        args: [operator, params],
      });
    }
  }
}
