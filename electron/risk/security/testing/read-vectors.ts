/** The networks of robust-restaking.vectors.json. */
import { parseRational, type Rational } from '../rational.ts';
import { buildSecurityNetwork, type SecurityNetwork } from '../restaking-network.ts';

export interface NetworkVector {
  readonly stakes: Readonly<Record<string, string | undefined>>;
  readonly profits: Readonly<Record<string, string | undefined>>;
  readonly thresholds: Readonly<Record<string, string | undefined>>;
  readonly edges: readonly (readonly string[])[];
}

/** An exact number that has to be there. */
export function rational(text: string | undefined): Rational {
  const value = text === undefined ? null : parseRational(text);
  if (value === null) throw new Error(`not a number: ${text ?? 'nothing'}`);
  return value;
}

export function readNetwork({ stakes, profits, thresholds, edges }: NetworkVector): SecurityNetwork {
  return buildSecurityNetwork({
    validators: Object.entries(stakes).map(([id, stake]) => ({ id, stake: stake! })),
    services: Object.entries(profits).map(([id, profit]) => ({
      id,
      profit: profit!,
      threshold: thresholds[id]!,
    })),
    edges: edges.map(([serviceId, validatorId]) => ({
      serviceId: serviceId!,
      validatorId: validatorId!,
      mode: 'shared',
    })),
  });
}
