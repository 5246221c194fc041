/** Readings of an observation as figures: value and source, or the reason it could not be had and what was asked. */
import { readFigure, unknownFigure, type Figure, type Unit, type UnknownReason } from './figure.ts';
import type { FailureCode, Observation, Reading } from './observation.ts';
import type { Source } from './source.ts';

interface Call {
  readonly contract: string;
  readonly address: string;
  readonly call: string;
}

/** The source of one call made in `observation`. */
export function sourceOfCall(observation: Observation, { contract, address, call }: Call): Source {
  const { origin, readAt } = observation;
  // No call of a contract stands in a reading of Bitcoin alone; the types do not say so.
  if (origin.kind === 'bitcoin') return { ...origin, call, readAt };
  if (origin.kind === 'sample') return { kind: 'sample', asOf: readAt, contract, call };
  const { chainId, network, endpoint, block } = origin;
  return { kind: 'chain', chainId, network, endpoint, block, contract, address, call, readAt };
}

const REASONS = {
  reverted: 'protocol-changed',
  malformed: 'protocol-changed',
  absurd: 'protocol-changed',
  'not-configured': 'not-configured',
  'no-contract': 'not-configured',
  'no-answer': 'call-failed',
  'not-visible': 'not-visible',
} as const satisfies Record<FailureCode, UnknownReason['code']>;

const ABSENT_CODES: readonly FailureCode[] = ['not-configured', 'no-contract'];

/** The network has no such contract: said once for the contract, not as a row of every account. */
export function isAbsent(reading: Reading): boolean {
  return !reading.ok && ABSENT_CODES.includes(reading.code);
}

/** A call that did not give a value keeps its source, so that the figure still says what was asked of whom. */
export function figureOfReading(
  head: { readonly name: string; readonly subject: string; readonly unit: Unit },
  reading: Reading,
  observation: Observation,
): Figure {
  const source = sourceOfCall(observation, reading);
  if (reading.ok) return readFigure(head, reading.value, source);
  const reason = { code: REASONS[reading.code], detail: reading.detail };
  return unknownFigure(head, reason, { kind: 'read', source });
}
