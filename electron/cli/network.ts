/** `ballast network`: whether a restaking network, brought as a file, can be attacked at a profit, and by what proof. */
import type { GraphAssessment } from '../risk/security/assess-graph.ts';
import type { SecurityAssessment } from '../risk/security/assess-security.ts';
import type { Attack } from '../risk/security/attack.ts';
import { compare, formatRational, toNumber, ZERO, type Rational } from '../risk/security/rational.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import type { Engine } from '../services/readers.ts';
import { UsageError } from './exit-codes.ts';
import { readNamedFile } from './read-named-file.ts';

import type { Terminal } from './terminal.ts';

export interface NetworkOptions {
  readonly psi?: string | undefined;
  readonly seconds?: string | undefined;
  readonly json?: boolean | undefined;
}

const DEFAULT_SECONDS = 10;
const MOST_SECONDS = 3600;
/** Members of an attack that are named; the JSON has all. */
const MOST_NAMED = 12;

export async function runNetwork(
  engine: Engine,
  file: string,
  options: NetworkOptions,
  terminal: Terminal,
): Promise<void> {
  const timeLimitSeconds = readSeconds(options.seconds);
  const text = readNamedFile(
    file,
    'network file',
    'Check the path. docs/method/graph.md describes the file.',
  );
  const assessment = await engine.run(
    'assess-network',
    { text, psi: options.psi ?? null, timeLimitSeconds },
    {
      signal: terminal.signal,
      onProgress: (progress) => terminal.showProgress('cli.network.working', progress),
    },
  );
  terminal.print(
    options.json === true
      ? stringifyForPeople({ schema: 'ballast-network/1', ...assessment }).trimEnd()
      : describe(assessment, terminal).join('\n'),
  );
}

function readSeconds(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SECONDS;
  const seconds = Number(text);
  if (seconds > 0 && seconds <= MOST_SECONDS) return seconds;
  throw new UsageError(`--seconds takes a number above 0, up to ${MOST_SECONDS}.`);
}

/** Puts operators' names in the place of validator ids. */
type NameValidator = (id: string) => string;

function describe(assessment: GraphAssessment, { t }: Terminal): string[] {
  const nameOf: NameValidator = (id) => assessment.names[id] ?? id;
  const unknown = assessment.unknownServices;
  const tail =
    unknown.length === 0 ? [] : ['', t('cli.network.unknownServices', { services: unknown.join(', ') })];
  switch (assessment.kind) {
    case 'none':
      return [t('cli.network.none'), ...tail];
    case 'shared':
      return [...describeShared(assessment.assessment, nameOf, t), ...tail];
    case 'elastic': {
      const { verdict } = assessment;
      if (verdict.kind === 'secure') {
        return [
          t('cli.network.secure', { proof: t(`cli.network.proof.${verdict.certificate.kind}`) }),
          ...tail,
        ];
      }
      if (verdict.kind === 'undecided') return [t('cli.network.undecided'), ...tail];
      const { attack, gap, isOptimal } = verdict;
      const stakes = attack.stakes.map(({ validatorId }) => validatorId);
      const named = { ...attack, validatorIds: [...new Set(stakes)] };
      return [...describeAttack(named, nameOf, t), ...describeGap(gap, isOptimal, t), ...tail];
    }
  }
}

type Translate = Terminal['t'];

function describeShared(
  { gamma, slack, verdict, shock }: SecurityAssessment,
  nameOf: NameValidator,
  t: Translate,
): string[] {
  const lines: string[] = [];
  switch (verdict.kind) {
    case 'secure':
      lines.push(t('cli.network.secure', { proof: t(`cli.network.proof.${verdict.certificate.kind}`) }));
      break;
    case 'attack':
      lines.push(
        ...describeAttack(verdict.attack, nameOf, t),
        ...describeGap(verdict.gap, verdict.isOptimal, t),
      );
      break;
    case 'undecided':
      lines.push(t('cli.network.undecided'), t('cli.network.gainAtMost', { gain: write(verdict.gap) }));
  }
  lines.push(
    gamma.kind === 'unbounded'
      ? t('cli.network.gammaUnbounded')
      : t('cli.network.gamma', { gamma: writeExact(gamma.value), validator: nameOf(gamma.validatorId) }),
  );
  if (slack?.kind === 'finite') lines.push(t('cli.network.slack', { slack: writeExact(slack.value) }));
  if (shock === null) return lines;
  const { psi, upperBound, worst } = shock;
  lines.push(
    '',
    t(worst.isExact ? 'cli.network.shockExact' : 'cli.network.shockFound', {
      psi: writeExact(psi),
      loss: writeExact(worst.lossShare),
    }),
  );
  lines.push(
    upperBound === null
      ? t('cli.network.shockUnbounded')
      : t('cli.network.shockBound', { bound: writeExact(upperBound.value) }),
  );
  const { shockIds, attacks } = worst.cascade;
  if (shockIds.length > 0) lines.push(t('cli.network.shocked', { ids: nameSome(shockIds.map(nameOf), t) }));
  for (const [index, attack] of attacks.entries()) {
    lines.push(
      t('cli.network.step', {
        step: index + 1,
        validators: nameSome(attack.validatorIds.map(nameOf), t),
        services: nameSome(attack.serviceIds, t),
        gain: writeExact(attack.gain),
      }),
    );
  }
  return lines;
}

function describeAttack(
  { serviceIds, validatorIds, profit, cost, gain }: Attack,
  nameOf: NameValidator,
  t: Translate,
): string[] {
  return [
    t('cli.network.attack', {
      validators: nameSome(validatorIds.map(nameOf), t),
      services: nameSome(serviceIds, t),
    }),
    t(compare(gain, ZERO) > 0 ? 'cli.network.gain' : 'cli.network.breakEven', {
      profit: writeExact(profit),
      cost: writeExact(cost),
      gain: writeExact(gain),
    }),
  ];
}

function describeGap(gap: number, isOptimal: boolean, t: Translate): string[] {
  return [isOptimal ? t('cli.network.optimal') : t('cli.network.gap', { gap: write(gap) })];
}

function nameSome(ids: readonly string[], t: Translate): string {
  const rest = ids.length - MOST_NAMED;
  const named = ids.slice(0, MOST_NAMED).join(', ');
  return rest > 0 ? t('cli.network.more', { named, count: rest }) : named;
}

/** The fraction, and what it is about where that is no whole number. */
function writeExact(value: Rational): string {
  const exact = formatRational(value);
  return exact.includes('/') ? `${exact} (≈ ${write(toNumber(value))})` : exact;
}

function write(value: number): string {
  return String(Number(value.toPrecision(3)));
}
