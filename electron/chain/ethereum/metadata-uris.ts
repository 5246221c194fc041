/**
 * Where operators and services publish what they call themselves. EigenLayer keeps the address of that text in events only,
 * and nobody checks the text: a name out of it is the operator's own word.
 */
import { decodeAbiParameters, parseAbiParameters, toEventSelector } from 'viem';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import type { Trail } from '../../../shared/domain/trail.ts';
import { findTrail, type TrailKind, type TrailLog } from './trails.ts';

/** A longer address is no place to read a name from. */
const LONGEST_URI = 400;

function readUri({ data }: TrailLog): string | null {
  try {
    const [uri] = decodeAbiParameters(parseAbiParameters('string'), data);
    return uri.length > LONGEST_URI ? '' : uri.trim();
  } catch {
    return null;
  }
}

const operatorTrail: TrailKind = {
  id: 'operator-uri',
  contract: 'DelegationManager',
  event: toEventSelector('event OperatorMetadataURIUpdated(address indexed operator, string metadataURI)'),
  subject: 1,
  read: readUri,
};

const AVS_EVENT = toEventSelector('event AVSMetadataURIUpdated(address indexed avs, string metadataURI)');

/** Said to the contract of operator sets, or, by those from before it, to the directory. */
const serviceTrails: readonly TrailKind[] = [
  { id: 'service-uri', contract: 'AllocationManager', event: AVS_EVENT, subject: 1, read: readUri },
  { id: 'service-uri-before', contract: 'AVSDirectory', event: AVS_EVENT, subject: 1, read: readUri },
];

type Named = Pick<Observation, 'operators' | 'services'>;

/** Whom to follow: those that stand in the reading. */
export function listMetadataWishes({ operators, services }: Named) {
  return [
    { kind: operatorTrail, subjects: operators.map(({ address }) => address) },
    ...serviceTrails.map((kind) => ({ kind, subjects: services.map(({ avs }) => avs) })),
  ];
}

/** Each with the address it published last; without one where it published none, or took it back. */
export function addMetadataUris<T extends Named>(read: T, trails: readonly Trail[]): T {
  const last = (kinds: readonly TrailKind[], subject: EvmAddress): { readonly metadataUri?: string } => {
    const found = kinds.flatMap((kind) => findTrail(trails, kind, subject)?.found.slice(-1) ?? []);
    const uri = found[0]?.value ?? '';
    return uri === '' ? {} : { metadataUri: uri };
  };
  return {
    ...read,
    operators: read.operators.map((operator) => ({
      ...operator,
      ...last([operatorTrail], operator.address),
    })),
    services: read.services.map((service) => ({ ...service, ...last(serviceTrails, service.avs) })),
  };
}
