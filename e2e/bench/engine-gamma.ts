/** The security certificate of a workload's shared edges. */
import { GammaTracker } from '../../electron/risk/security/gamma-tracker.ts';
import { indexNetwork } from '../../electron/risk/security/indexed-network.ts';
import {
  buildSecurityNetwork,
  type SecurityNetwork,
  type SecurityNetworkInput,
} from '../../electron/risk/security/restaking-network.ts';
import { timeRun, type PreparedTask } from './engine-timing.ts';
import type { Workload } from './workload.ts';

/** From the network as it was read to its gamma. */
export function prepareGamma(workload: Workload): PreparedTask | { readonly skipped: string } {
  const network = toSecurityNetwork(workload);
  if (network === null) return { skipped: 'the services carry no profit' };
  return { run: async () => timeRun(() => new GammaTracker(indexNetwork(network)).readGamma()) };
}

export function createGammaTracker(workload: Workload): GammaTracker | null {
  const network = toSecurityNetwork(workload);
  return network === null ? null : new GammaTracker(indexNetwork(network));
}

/** Null where only the number of services is known. Amounts are the decimals that the file gives. */
function toSecurityNetwork({ operators, services, edges }: Workload): SecurityNetwork | null {
  if (typeof services === 'number') return null;
  const input: SecurityNetworkInput = {
    validators: operators.map(({ stake }, i) => ({ id: `operator-${i}`, stake: String(stake) })),
    services: services.map(({ profit, threshold }, i) => ({
      id: `service-${i}`,
      profit: String(profit),
      threshold: String(threshold),
    })),
    edges: edges
      .filter(({ mode }) => mode === 'shared')
      .map(({ operator, service, mode }) => ({
        serviceId: `service-${service}`,
        validatorId: `operator-${operator}`,
        mode,
      })),
  };
  return buildSecurityNetwork(input);
}
