/**
 * `--events FILE`: any list of events, and covers, as JSON. Written by hand with names and percentages, or taken from
 * `simulate --json` (`.result.scenario`) with ids and exact shares. Described in docs/cli.md.
 */
import { z } from 'zod';
import { AppError } from '../../shared/contract/errors.ts';
import type { Cover } from '../../shared/domain/cover.ts';
import { scenarioSchema, type Scenario, type ScenarioEvent } from '../../shared/domain/scenario.ts';
import type { Wad, Wei } from '../../shared/domain/units.ts';
import { parseDecimal } from '../../shared/format/numbers.ts';
import { refuseSecret } from '../services/typed-text.ts';
import { eventsFileSchema, type FileCover, type FileEvent } from './events-file-schema.ts';
import { readNamedFile } from './read-named-file.ts';
import type { TargetNames } from './name-targets.ts';

/**
 * @throws UnreadableFileError
 * @throws AppError scenario-invalid, secret-refused
 */
export async function readEventsFile(path: string, targets: TargetNames): Promise<Scenario> {
  const content = parseJson(readNamedFile(path, 'events file', 'Check the path after --events.'));
  refuseSecrets(content);
  const parsed = eventsFileSchema.safeParse(Array.isArray(content) ? { events: content } : content);
  if (!parsed.success) throw refuseFile(z.prettifyError(parsed.error));
  const events = parsed.data.events.map((event, index) => readEvent(event, index + 1, targets));
  const covers = parsed.data.covers.map((cover) => readCover(cover, targets));
  const scenario = scenarioSchema.safeParse({
    preset: 'custom',
    events,
    ...(covers.length > 0 ? { covers } : {}),
  });
  if (!scenario.success) throw refuseFile(z.prettifyError(scenario.error));
  return scenario.data;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw refuseFile(cause instanceof Error ? cause.message : String(cause));
  }
}

function refuseFile(detail: string): AppError {
  return new AppError('scenario-invalid', 'The events file does not describe a scenario.', {
    detail,
    help: 'See docs/cli.md for what it holds.',
  });
}

/** Errors repeat names they do not know, so what must not be repeated is refused before. */
function refuseSecrets(content: unknown): void {
  if (typeof content === 'string') refuseSecret(content, 'label');
  else if (typeof content === 'object' && content !== null) {
    for (const [name, value] of Object.entries(content)) {
      // A finality provider is named by its public key.
      if (name === 'provider' && typeof value === 'string') refuseSecret(value, 'hash');
      else refuseSecrets(value);
    }
  }
}

function readShare(number: number, written: string | number | undefined, given: string | undefined): Wad {
  if (given !== undefined && written === undefined) return BigInt(given) as Wad; // as: 18 decimals, by the schema
  const parsed = written === undefined ? null : parseDecimal(String(written).replace(/%$/u, ''), 16);
  if (parsed?.ok === true && given === undefined) return parsed.value as Wad; // as: percent with 16 decimals
  throw refuseFile(`Event ${number} needs one of "percent" and an exact share, above 0 and at most 100%.`);
}

/** One name or several, as a list. */
function listNames(written: string | readonly string[]): readonly string[] {
  return typeof written === 'string' ? [written] : written;
}

function readEvent(event: FileEvent, number: number, targets: TargetNames): ScenarioEvent {
  switch (event.kind) {
    case 'operator-slash': {
      const { kind, operator, service } = event;
      const found = listNames(service).map((name) => targets.services(name));
      return {
        kind,
        operator: targets.operator(operator),
        service: found.length === 1 && found[0] !== undefined ? found[0] : found.flat(),
        wad: readShare(number, event.percent, event.wad),
      };
    }
    case 'service-compromised': {
      const { kind, service } = event;
      return { kind, service: targets.service(service), wad: readShare(number, event.percent, event.wad) };
    }
    case 'client-bug': {
      const { kind, client, operators } = event;
      const found = listNames(operators).map((name) => targets.operators(name));
      return {
        kind,
        client: client === null ? null : targets.client(client),
        operators:
          found[0] === 'all' ? 'all' : found.flatMap((addresses) => (addresses === 'all' ? [] : addresses)),
        loss: readShare(number, event.percent, event.loss),
      };
    }
    case 'provider-slash':
      return { kind: event.kind, provider: targets.provider(event.provider) };
    case 'contract-failure': {
      const { kind, dependency } = event;
      return {
        kind,
        dependency: targets.dependency(dependency),
        loss: readShare(number, event.percent, event.loss),
      };
    }
    case 'unbacked-supply': {
      const instruments = readTokens(event, number, targets);
      return { kind: event.kind, instruments, share: readShare(number, event.percent, event.share) };
    }
    case 'depeg': {
      const instruments = readTokens(event, number, targets);
      return { kind: event.kind, instruments, discount: readShare(number, event.percent, event.discount) };
    }
    case 'queue-closed':
      return { kind: event.kind, instruments: readTokens(event, number, targets), days: event.days };
  }
}

function readTokens(
  { token, instruments }: { token?: string | string[] | undefined; instruments?: string[] | undefined },
  number: number,
  targets: TargetNames,
): string[] {
  if ((token === undefined) === (instruments === undefined)) {
    throw refuseFile(`Event ${number} needs one of "token" and "instruments".`);
  }
  return instruments ?? listNames(token ?? []).flatMap((name) => targets.token(name));
}

function readAmount(written: string | undefined, given: string | undefined): Wei | null {
  if (given !== undefined) return BigInt(given) as Wei; // as: wei, by the schema
  if (written === undefined) return null;
  const parsed = parseDecimal(written.replace(/\s*ETH$/iu, ''), 18);
  if (parsed.ok) return parsed.value as Wei; // as: ETH with 18 decimals
  throw refuseFile(`“${written.slice(0, 40)}” is not an amount of ETH.`);
}

function readCover(cover: FileCover, targets: TargetNames): Cover {
  const { name, positionIds, instruments, token, hangsOn } = cover;
  const capWei = readAmount(cover.cap, cover.capWei);
  if (capWei === null) throw refuseFile(`The cover ${name} needs "cap" in ETH.`);
  const tokens = listNames(token ?? []).flatMap((symbol) => targets.token(symbol));
  return {
    name,
    positionIds,
    instruments: [...instruments, ...tokens],
    capWei,
    deductibleWei: readAmount(cover.deductible, cover.deductibleWei) ?? (0n as Wei), // as: no wei
    pooledWei: readAmount(cover.pooled, cover.pooledWei ?? undefined),
    hangsOn: readHangsOn(hangsOn, targets),
  };
}

function readHangsOn(hangsOn: FileCover['hangsOn'], targets: TargetNames): Cover['hangsOn'] {
  if (hangsOn === null) return null;
  if (hangsOn.kind === 'dependency')
    return { kind: 'dependency', dependency: targets.dependency(hangsOn.dependency) };
  // Checked by scenarioSchema, as everything else. `as`: the address is one by then.
  const strategy = hangsOn.strategy as Extract<Cover['hangsOn'], { kind: 'operator' }>['strategy'];
  return { kind: 'operator', operator: targets.operator(hangsOn.operator), strategy };
}
