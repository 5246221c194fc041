/** The numbers that hold for one source of loss: those of the hazard file for a parameter set, or what the user set. */
import { AppError } from '../../../shared/contract/errors.ts';
import {
  HAZARD_CLASS_IDS,
  MOST_EVENTS_PER_YEAR,
  type EvidenceStatus,
  type HazardClass,
  type HazardClassId,
  type Hazards,
  type RateDerivation,
  type SeverityPoints,
} from '../../../shared/domain/hazards.ts';
import type { ParameterSet } from '../../../shared/domain/loss-distribution.ts';
import type { Severity } from '../distribution/loss-model.ts';
import { makeSeverity, meanOfSeverity, scaleSeverity } from '../distribution/severity.ts';

/** What a user puts in the place of the file's numbers. */
export interface HazardEdit {
  /** In the unit of the class. */
  readonly ratePerYear?: number;
  readonly severity?: SeverityPoints;
}

export interface HazardClassEdit extends HazardEdit {
  /** A chance, as in the file. */
  readonly residual?: number;
}

/** An edit of a source comes before one of its class. */
export interface HazardEdits {
  readonly classes?: Readonly<Partial<Record<HazardClassId, HazardClassEdit>>>;
  /** By source id. */
  readonly sources?: Readonly<Record<string, HazardEdit>>;
}

export interface HazardTerms {
  readonly hazard: HazardClass;
  readonly ratePerYear: number;
  /** Null where the user set the rate. */
  readonly from: RateDerivation | null;
  /** The worst of what the rate rests on; judgement where the user set it. */
  readonly rateStatus: EvidenceStatus;
  /** Less what is recovered, where that is counted. */
  readonly severity: Severity;
  readonly severityMean: number;
  readonly severityStatus: EvidenceStatus;
  readonly isEdited: boolean;
}

export interface HazardBook {
  readonly hazards: Hazards;
  readonly set: ParameterSet;
  termsOf(classId: HazardClassId, sourceId: string): HazardTerms;
  residualOf(classId: HazardClassId): number;
  /** Source ids of edits that nothing asked for. */
  listUnused(): readonly string[];
}

interface BookOptions {
  readonly edits?: HazardEdits | undefined;
  readonly isRecoveryCounted?: boolean | undefined;
  readonly severityLevels?: number | undefined;
}

/** With 20 the 99.9% quantile of a small book is 5% off, because the top level is the mean of one loss in twenty. */
const SEVERITY_LEVELS = 100;

/** @throws AppError scenario-invalid for an edit of no class, or with a number that is none of its kind */
export function openHazardBook(hazards: Hazards, set: ParameterSet, options: BookOptions = {}): HazardBook {
  const { edits = {}, isRecoveryCounted = false, severityLevels = SEVERITY_LEVELS } = options;
  checkEdits(edits);
  const classes = new Map(hazards.classes.map((hazard) => [hazard.id, hazard]));
  const asked = new Set<string>();
  const severities = new Map<SeverityPoints, Map<HazardClassId, Severity>>();

  function find(classId: HazardClassId): HazardClass {
    const hazard = classes.get(classId);
    if (hazard !== undefined) return hazard;
    throw new AppError('scenario-invalid', `The hazard file says nothing of ${classId}.`, {
      help: 'Use the hazard file that comes with Ballast, or add the class to your own.',
    });
  }

  /** Made once for each list of points: most sources of a class share theirs. */
  function makeNet(hazard: HazardClass, points: SeverityPoints): Severity {
    const made = severities.get(points) ?? new Map<HazardClassId, Severity>();
    severities.set(points, made);
    const kept = made.get(hazard.id);
    if (kept !== undefined) return kept;
    const gross = makeSeverity(points, hazard.severity.interpolation, severityLevels);
    const isRecovered = isRecoveryCounted && hazards.recovery.appliesTo.includes(hazard.id);
    const net = isRecovered ? scaleSeverity(gross, 1 - hazards.recovery[set]) : gross;
    made.set(hazard.id, net);
    return net;
  }

  return {
    hazards,
    set,
    termsOf(classId, sourceId) {
      asked.add(sourceId);
      const hazard = find(classId);
      const own = edits.sources?.[sourceId];
      const ofClass = edits.classes?.[classId];
      const rateEdit = own?.ratePerYear ?? ofClass?.ratePerYear;
      const severityEdit = own?.severity ?? ofClass?.severity;
      const { perYear, from } = hazard.rate[set];
      const severity = makeNet(hazard, severityEdit ?? hazard.severity[set]);
      return {
        hazard,
        ratePerYear: rateEdit ?? perYear,
        from: rateEdit === undefined ? from : null,
        rateStatus: rateEdit === undefined ? judgeRate(hazard, from) : 'judgement',
        severity,
        severityMean: meanOfSeverity(severity),
        severityStatus: severityEdit === undefined ? hazard.severity.status[set] : 'judgement',
        isEdited: rateEdit !== undefined || severityEdit !== undefined,
      };
    },
    residualOf: (classId) => edits.classes?.[classId]?.residual ?? find(classId).residual[set],
    listUnused: () => Object.keys(edits.sources ?? {}).filter((id) => !asked.has(id)),
  };
}

const ORDER: readonly EvidenceStatus[] = ['data', 'unconfirmed', 'judgement'];

function judgeRate({ evidence }: HazardClass, from: RateDerivation): EvidenceStatus {
  if (from.kind === 'judgement') return 'judgement';
  return ORDER[Math.max(ORDER.indexOf(evidence.events), ORDER.indexOf(evidence.exposure))]!;
}

function checkEdits({ classes = {}, sources = {} }: HazardEdits): void {
  const known = new Set<string>(HAZARD_CLASS_IDS);
  for (const [id, edit] of Object.entries(classes)) {
    if (!known.has(id)) refuse(`There is no hazard class ${id}`);
    checkEdit(id, edit);
    if (edit.residual !== undefined && !(edit.residual >= 0 && edit.residual <= 1)) {
      refuse(`The residual correlation of ${id} is ${edit.residual}`);
    }
  }
  for (const [id, edit] of Object.entries(sources)) checkEdit(id, edit);
}

function checkEdit(id: string, { ratePerYear, severity }: HazardEdit): void {
  // Written so that NaN fails.
  if (ratePerYear !== undefined && !(ratePerYear >= 0 && ratePerYear <= MOST_EVENTS_PER_YEAR)) {
    refuse(`The rate of ${id} is ${ratePerYear} a year`);
  }
  if (severity !== undefined) makeSeverity(severity);
}

function refuse(what: string): never {
  throw new AppError('scenario-invalid', `${what}.`, {
    help: `Rates are from 0 to ${MOST_EVENTS_PER_YEAR} a year, chances and shares from 0 to 1.`,
  });
}
