/**
 * Secrets on the command line are refused before anything reads it: a seed phrase without quotes is many arguments, and
 * the parser's own errors repeat what they do not understand.
 */
import { AppError } from '../../shared/contract/errors.ts';
import type { SecretField } from '../../shared/domain/secrets.ts';
import { refuseSecret } from '../services/typed-text.ts';

/** Options whose values may hold 64 hex digits that are no private key: the path of a node's URL, a public key. */
const FIELDS: Readonly<Record<string, 'url' | 'hash'>> = {
  '--rpc': 'url',
  '--electrum': 'url',
  '--esplora': 'url',
  '--staker': 'hash',
  '--provider': 'hash',
  // The keys in a descriptor are public; those that are not are found by their own checksum.
  '--descriptor': 'hash',
};
/** What the next value may be another one of. */
const MANY = { url: /^[a-z]+:\/\//iu, hash: /^[0-9a-f]{64,66}$/iu } as const;

/** @throws AppError secret-refused, without anything of the arguments */
export function refuseSecretArguments(argv: readonly string[]): void {
  const typed: string[] = [];
  let option = '';
  for (const argument of argv) {
    const [, name = '', assigned] = /^(--[a-z-]+)(?:=(.*))?$/su.exec(argument) ?? [];
    if (name !== '' && assigned === undefined) {
      option = name;
      continue;
    }
    const value = assigned ?? argument;
    const field = FIELDS[name === '' ? option : name] ?? 'label';
    refuse(value, field);
    // Options take several values, but not everything behind them is one: a phrase may follow as well.
    if (field === 'label') typed.push(value);
    else if (name === '' && !MANY[field].test(value)) option = '';
  }
  refuse(typed.join(' '), 'label');
}

function refuse(text: string, field: SecretField): void {
  try {
    refuseSecret(text, field);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message, {
      help: 'Use the public address instead. The secret may be in your shell’s history now: remove it there.',
    });
  }
}
