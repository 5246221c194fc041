/**
 * Reads network files: by the main process when one is imported, and by the page to show what a file holds before
 * anything is written. Pure.
 */
import type { z } from 'zod';
import { quoteForeign } from '../format/visible-text.ts';
import { ZERO_ADDRESS } from './address.ts';
import { INSTRUMENTS } from './instrument.ts';
import { CONTRACT_NAMES, networkSchema, type Network } from './network.ts';

export interface NetworkFileProblem {
  /** Where in the file: `contracts.weETH`, `the file` for the whole of it; empty where it has no fields at all. */
  readonly field: string;
  /** A sentence in lower case without its full stop. */
  readonly problem: string;
}

export type ReadNetworkFile =
  | { readonly ok: true; readonly network: Network }
  | { readonly ok: false; readonly problems: readonly NetworkFileProblem[] };

/** More would help nobody who corrects a file, and a file can have a problem in each of its lines. */
const MOST_PROBLEMS = 50;
/** Names in the file are repeated up to this length. */
const LONGEST_NAME = 60;
const LONGEST_REASON = 120;

/** The problems of the file at once, in the order of its fields: {@link MOST_PROBLEMS} of them, and how many more. */
export function readNetworkFile(text: string): ReadNetworkFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    return refuse([{ field: '', problem: `not JSON: ${quoteForeign(reason, LONGEST_REASON)}` }]);
  }
  const parsed = networkSchema.safeParse(json);
  if (!parsed.success) {
    return refuse(parsed.error.issues.flatMap((issue) => describeIssue(issue, [])));
  }
  const { data } = parsed;
  const problems = [...findZeroAddresses(data), ...findSharedTokens(data), ...findRepeatedVaults(data)];
  return problems.length === 0 ? { ok: true, network: parsed.data } : refuse(problems);
}

function refuse(problems: readonly NetworkFileProblem[]): ReadNetworkFile {
  const shown = problems.slice(0, MOST_PROBLEMS);
  const more = problems.length - shown.length;
  return {
    ok: false,
    problems: more === 0 ? shown : [...shown, { field: '', problem: `and ${more} more problems` }],
  };
}

/** The place in the file: `contracts.weETH`. */
function namePlace(path: readonly PropertyKey[]): string {
  return path.map((part) => quoteForeign(String(part), LONGEST_NAME)).join('.');
}

function findZeroAddresses(network: Network): NetworkFileProblem[] {
  return CONTRACT_NAMES.filter((name) => network.contracts[name]?.address === ZERO_ADDRESS).map((name) => ({
    field: `contracts.${name}`,
    problem: 'no contract has the zero address; leave the name out instead',
  }));
}

/** One contract under the names of two tokens would count the same balance twice. */
function findSharedTokens({ contracts }: Network): NetworkFileProblem[] {
  const seen = new Map<string, string>();
  return INSTRUMENTS.flatMap(({ id }) => {
    const name = CONTRACT_NAMES.find((contract) => contract === id);
    const address = name === undefined ? undefined : contracts[name]?.address;
    if (address === undefined) return [];
    const other = seen.get(address);
    seen.set(address, id);
    const problem = `${other ?? ''} has the same address; two tokens cannot be one contract`;
    return other === undefined ? [] : [{ field: `contracts.${id}`, problem }];
  });
}

/** A vault listed twice would count the same stake twice. */
function findRepeatedVaults({ symbioticVaults }: Network): NetworkFileProblem[] {
  return symbioticVaults.flatMap((vault, index) => {
    const problem =
      vault === ZERO_ADDRESS
        ? 'no contract has the zero address; leave it out instead'
        : symbioticVaults.indexOf(vault) < index
          ? 'it is listed before'
          : null;
    return problem === null ? [] : [{ field: `symbioticVaults.${index}`, problem }];
  });
}

const ADDRESS_PROBLEMS: Readonly<Record<string, string>> = {
  empty: 'the address is empty',
  'not-hex': 'an address is 0x and 40 hex digits',
  'wrong-length': 'an address has 40 hex digits after 0x',
  'bad-checksum':
    'the capital letters do not match the EIP-55 checksum: there is a typing error in the address',
};

type Issue = z.core.$ZodIssue;

function describeIssue(issue: Issue, above: readonly PropertyKey[]): NetworkFileProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') return describeUnion(issue.errors, path);
  const field = path.length === 0 ? 'the file' : namePlace(path);
  if (issue.code === 'unrecognized_keys') {
    const isContract = path.at(-1) === 'contracts';
    const known = isContract ? `; known names are ${CONTRACT_NAMES.join(', ')}` : '';
    return issue.keys.map((key) => ({
      field,
      problem: `"${quoteForeign(key, LONGEST_NAME)}" is not a name Ballast knows${known}`,
    }));
  }
  return [{ field, problem: describeProblem(issue) }];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  object: 'an object: { … }',
  record: 'an object: { … }',
};

/** The validator's own words are for programmers; these are for whoever wrote the file. */
function describeProblem(issue: Exclude<Issue, { code: 'invalid_union' | 'unrecognized_keys' }>): string {
  switch (issue.code) {
    case 'invalid_type': {
      const isMissing = /received undefined$/u.test(issue.message);
      return isMissing ? 'is missing' : `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    }
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : 'must be above zero';
    case 'too_big':
      return issue.origin === 'string' ? `must have at most ${issue.maximum} characters` : 'is too large';
    default: {
      const problem = /^not an Ethereum address: (.+)$/u.exec(issue.message)?.[1];
      return ADDRESS_PROBLEMS[problem ?? ''] ?? lowerFirst(issue.message);
    }
  }
}

/** An entry is an address or an object. The form that fits is the one that does not fail on its type at once. */
function describeUnion(
  branches: readonly (readonly Issue[])[],
  path: readonly PropertyKey[],
): NetworkFileProblem[] {
  const fitting = branches.find((issues) => !hasWrongType(issues));
  if (fitting) return fitting.flatMap((inner) => describeIssue(inner, path));
  return [{ field: namePlace(path), problem: 'must be an address in quotes, or an object with one' }];
}

function hasWrongType(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
