/**
 * Every input of the score, once: where its figure stands, and how many points it is worth. docs/method/score.md is
 * written from this list; the words are in `score.input`.
 */
import {
  findLeastSure,
  type CatalogObservation,
  type FactKey,
  type FactStatus,
  type Protocol,
  type ProtocolKind,
} from '../catalog.ts';
import { placeWithin } from './date-span.ts';
import { convertFigure, findInUnit, isSettled } from './score-figures.ts';
import type { ScaleKnots } from './score-scale.ts';
import type { InputOrigin, InputScore, InputUnit, ScoreDimension, ScoreInputId } from './score.ts';

/** What the catalogue says of an input. `isKnown`: something is, if only in words. */
export interface InputReading extends Pick<InputScore, 'figure' | 'status' | 'sources' | 'asOf'> {
  readonly isKnown: boolean;
}

export interface ScoreDeclaration {
  readonly id: ScoreInputId;
  readonly dimension: ScoreDimension;
  readonly origin: InputOrigin;
  readonly unit: InputUnit;
  readonly knots: ScaleKnots;
  readonly read: (
    protocol: Protocol,
    observations: readonly CatalogObservation[],
    on: string,
  ) => InputReading;
}

/** Losses longer ago say little of what the code is today. */
export const INCIDENT_MONTHS = 36;

/** Kinds whose coins somebody keeps: where no custodian is listed, it is not known who. */
export const KEPT_KINDS: readonly ProtocolKind[] = ['btc-lrt', 'btc-wrapper'];

/** How many sets of rules can take the principal: Ethereum, restaking services, Babylon. */
export const SLASHING_LAYERS: Readonly<Record<ProtocolKind, number>> = {
  'restaking-platform': 2,
  lrt: 2,
  lst: 1,
  'btc-staking': 1,
  'btc-lrt': 1,
  'btc-wrapper': 0,
};

const UNKNOWN: InputReading = {
  figure: null,
  isKnown: false,
  status: 'unconfirmed',
  sources: [],
  asOf: null,
};

/** Lists are kept by hand: that something is not on one is no proof. */
const LIST_STATUS: FactStatus = 'secondary';

function fromFact(fact: FactKey, unit: InputUnit): Pick<ScoreDeclaration, 'origin' | 'unit' | 'read'> {
  return {
    origin: { kind: 'fact', fact },
    unit,
    read: ({ facts }) => {
      const { figure, text, status, sources, asOf } = facts[fact];
      return {
        figure: figure === null ? null : convertFigure(figure, unit),
        isKnown: text !== null,
        status,
        sources,
        asOf,
      };
    },
  };
}

function readSize({ id }: Protocol, observations: readonly CatalogObservation[]): InputReading {
  const found = findInUnit(observations, id, 'tvl', 'USD');
  if (found === null) return UNKNOWN;
  const { low, high, status, source, asOf } = found;
  return { figure: { low, high, unit: 'USD' }, isKnown: true, status, sources: [source.name], asOf };
}

/** Percent of what is in the protocol, where the cover is an amount and the size is known in the same unit. */
function readCover(
  { id, facts: { cover } }: Protocol,
  observations: readonly CatalogObservation[],
): InputReading {
  const { figure, text, status, sources, asOf } = cover;
  const reading: InputReading = { figure: null, isKnown: text !== null, status, sources, asOf };
  if (figure === null) return reading;
  if (figure.unit === 'percent') return { ...reading, figure };
  const size = findInUnit(observations, id, 'tvl', figure.unit);
  if (size === null || size.low <= 0) return reading;
  return {
    ...reading,
    figure: { low: (100 * figure.low) / size.high, high: (100 * figure.high) / size.low, unit: 'percent' },
    status: findLeastSure([status, size.status]) ?? status,
    sources: [...sources, size.source.name],
  };
}

/** Certain: what nobody disputes. Possible: the rest too. */
function countBetween(
  certain: number,
  possible: number,
  unit: InputUnit,
  sources: readonly string[],
): InputReading {
  return {
    figure: { low: certain, high: certain + possible, unit },
    isKnown: true,
    status: LIST_STATUS,
    sources: [...new Set(sources)],
    asOf: null,
  };
}

function readIncidents({ incidents }: Protocol, _: readonly CatalogObservation[], on: string): InputReading {
  const recent = incidents
    .map((incident) => ({ ...incident, place: placeWithin(incident.date, on, INCIDENT_MONTHS) }))
    .filter(({ hasLoss, place }) => hasLoss !== false && place !== 'outside');
  const certain = recent.filter(
    ({ hasLoss, place, status }) => hasLoss === true && place === 'certain' && isSettled(status),
  );
  return countBetween(
    certain.length,
    recent.length - certain.length,
    'incidents',
    recent.flatMap(({ sources }) => sources),
  );
}

function countDependencies(
  { dependencies }: Protocol,
  kind: 'custodian' | 'bridge',
): { readonly certain: number; readonly possible: number; readonly sources: readonly string[] } {
  const own = dependencies.filter((dependency) => dependency.kind === kind);
  const certain = own.filter(({ status }) => isSettled(status));
  return {
    certain: certain.length,
    possible: own.length - certain.length,
    sources: own.flatMap(({ sources }) => sources),
  };
}

function readCustodians(protocol: Protocol): InputReading {
  const { certain, possible, sources } = countDependencies(protocol, 'custodian');
  if (certain + possible === 0 && KEPT_KINDS.includes(protocol.kind)) return UNKNOWN;
  return countBetween(certain, possible, 'custodians', sources);
}

/** What stands on several chains may rest on a bridge that nobody listed. */
function readBridges(protocol: Protocol): InputReading {
  const { certain, possible, sources } = countDependencies(protocol, 'bridge');
  const unlisted = certain + possible === 0 && protocol.chains.length > 1 ? 1 : 0;
  return countBetween(certain, possible + unlisted, 'bridges', sources);
}

function readLayers({ kind }: Protocol): InputReading {
  return countBetween(SLASHING_LAYERS[kind], 0, 'layers', []);
}

/** Percent of the addresses listed that the project's own repository names. */
function readAddresses({ contracts }: Protocol): InputReading {
  if (contracts.length === 0) return UNKNOWN;
  const named = contracts.filter(({ isFirstParty }) => isFirstParty);
  const certain = named.filter(({ status }) => status === 'confirmed').length;
  // What is not confirmed may turn out to be the project's own.
  const open = contracts.filter(({ status }) => status === 'disputed' || status === 'unconfirmed').length;
  const possible = Math.min(contracts.length, named.length + open);
  const share = (count: number): number => (100 * count) / contracts.length;
  return {
    figure: { low: share(certain), high: share(possible), unit: 'percent' },
    isKnown: true,
    status: LIST_STATUS,
    sources: [],
    asOf: null,
  };
}

export const SCORE_DECLARATIONS: readonly ScoreDeclaration[] = [
  {
    id: 'audits',
    dimension: 'code',
    ...fromFact('audits', 'count'),
    knots: [
      [0, 0],
      [1, 30],
      [3, 60],
      [5, 75],
      [10, 90],
      [20, 100],
    ],
  },
  {
    id: 'bounty',
    dimension: 'code',
    ...fromFact('bounty', 'USD'),
    knots: [
      [0, 0],
      [50_000, 20],
      [250_000, 50],
      [1_000_000, 80],
      [2_500_000, 100],
    ],
  },
  {
    id: 'incidents',
    dimension: 'code',
    origin: { kind: 'computed', from: 'incidents' },
    unit: 'incidents',
    read: readIncidents,
    knots: [
      [0, 100],
      [1, 40],
      [2, 15],
      [3, 0],
    ],
  },
  {
    id: 'timelock',
    dimension: 'control',
    ...fromFact('timelock', 'hours'),
    knots: [
      [0, 0],
      [24, 40],
      [48, 60],
      [72, 70],
      [168, 90],
      [240, 100],
    ],
  },
  {
    id: 'multisig',
    dimension: 'control',
    ...fromFact('multisig', 'count'),
    knots: [
      [1, 0],
      [2, 20],
      [3, 45],
      [4, 60],
      [6, 80],
      [8, 100],
    ],
  },
  {
    id: 'custodians',
    dimension: 'backing',
    origin: { kind: 'computed', from: 'dependencies' },
    unit: 'custodians',
    read: readCustodians,
    knots: [
      [0, 100],
      [1, 50],
      [2, 30],
      [4, 0],
    ],
  },
  {
    id: 'bridges',
    dimension: 'backing',
    origin: { kind: 'computed', from: 'dependencies' },
    unit: 'bridges',
    read: readBridges,
    knots: [
      [0, 100],
      [1, 50],
      [2, 30],
      [4, 0],
    ],
  },
  {
    id: 'cover',
    dimension: 'backing',
    origin: { kind: 'fact', fact: 'cover' },
    unit: 'percent',
    read: readCover,
    knots: [
      [0, 0],
      [0.1, 20],
      [1, 50],
      [5, 80],
      [10, 100],
    ],
  },
  {
    id: 'slashingMaximum',
    dimension: 'slashing',
    ...fromFact('slashingMaximum', 'percent'),
    knots: [
      [0, 100],
      [0.1, 95],
      [1, 85],
      [10, 55],
      [50, 20],
      [100, 0],
    ],
  },
  {
    id: 'slashingLayers',
    dimension: 'slashing',
    origin: { kind: 'computed', from: 'kind' },
    unit: 'layers',
    read: readLayers,
    knots: [
      [0, 100],
      [1, 70],
      [2, 35],
      [3, 0],
    ],
  },
  {
    id: 'exitDays',
    dimension: 'liquidity',
    ...fromFact('exitDays', 'days'),
    knots: [
      [0, 100],
      [1, 90],
      [7, 60],
      [14, 40],
      [30, 10],
      [60, 0],
    ],
  },
  {
    id: 'exitStressDays',
    dimension: 'liquidity',
    ...fromFact('exitStressDays', 'days'),
    knots: [
      [0, 100],
      [7, 75],
      [14, 60],
      [30, 35],
      [60, 15],
      [180, 0],
    ],
  },
  {
    id: 'saleCost',
    dimension: 'liquidity',
    ...fromFact('liquidity', 'percent'),
    knots: [
      [0, 100],
      [0.5, 80],
      [2, 50],
      [5, 25],
      [20, 0],
    ],
  },
  {
    id: 'size',
    dimension: 'liquidity',
    origin: { kind: 'observation', metric: 'tvl' },
    unit: 'USD',
    read: readSize,
    knots: [
      [0, 0],
      [10_000_000, 20],
      [100_000_000, 50],
      [1_000_000_000, 80],
      [10_000_000_000, 100],
    ],
  },
  {
    id: 'addresses',
    dimension: 'operations',
    origin: { kind: 'computed', from: 'contracts' },
    unit: 'percent',
    read: readAddresses,
    knots: [
      [0, 0],
      [50, 50],
      [100, 100],
    ],
  },
];
