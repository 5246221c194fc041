/**
 * Secrets on the command line are refused before anything reads it: a seed phrase without quotes is many arguments, and
 * the parser's own errors repeat what they do not understand.
 */
import { AppError } from '../../shared/contract/errors.ts';
import type { SecretField } from '../../shared/domain/secrets.ts';
import { refuseSecret } from '../services/typed-text.ts';

/** What may hold 64 hex digits that are no private key: the path of a node's URL. */
const URL_OPTION = '--rpc';

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
    const isUrl = (name === '' ? option : name) === URL_OPTION;
    const value = assigned ?? argument;
    refuse(value, isUrl ? 'url' : 'label');
    // Only the first value after it is the URL: a phrase may follow it as well.
    if (isUrl) option = '';
    else typed.push(value);
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
