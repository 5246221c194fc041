/** What a person typed: secrets are refused first, then the text is cleaned of what cannot be seen. */
import { wordlist as czech } from '@scure/bip39/wordlists/czech.js';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as french } from '@scure/bip39/wordlists/french.js';
import { wordlist as italian } from '@scure/bip39/wordlists/italian.js';
import { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js';
import { wordlist as korean } from '@scure/bip39/wordlists/korean.js';
import { wordlist as portuguese } from '@scure/bip39/wordlists/portuguese.js';
import { wordlist as simplifiedChinese } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js';
import { wordlist as traditionalChinese } from '@scure/bip39/wordlists/traditional-chinese.js';
import { AppError } from '../../shared/contract/errors.ts';
import { LABEL_MAX_LENGTH } from '../../shared/domain/account.ts';
import { findSecret, type SecretField } from '../../shared/domain/secrets.ts';
import { keepVisible } from '../../shared/format/visible-text.ts';
import { secrets } from '../../shared/text/en/secrets.ts';

const WORD_LISTS = [
  english,
  czech,
  french,
  italian,
  japanese,
  korean,
  portuguese,
  simplifiedChinese,
  spanish,
  traditionalChinese,
];

/** @throws AppError secret-refused, which says what kind of secret it was and holds nothing of the text */
export function refuseSecret(text: string, field: SecretField): void {
  const kind = findSecret(text, field, WORD_LISTS);
  if (kind === null) return;
  throw new AppError('secret-refused', secrets[kind], {
    help: 'Paste the public address instead, and clear the clipboard.',
  });
}

/** Every text in what a caller sent, keys aside: ids and names it could have written. @throws AppError secret-refused */
export function refuseSecretsIn(value: unknown): void {
  if (typeof value === 'string') refuseSecret(value, 'label');
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(refuseSecretsIn);
}

/**
 * A label or name as it is kept: in normal form, without what cannot be seen. May be empty.
 * @throws AppError secret-refused, bad-request where it is too long
 */
export function cleanLabel(text: string): string {
  refuseSecret(text, 'label');
  const clean = keepVisible(text);
  // As the page's input field counts.
  if (clean.length <= LABEL_MAX_LENGTH) return clean;
  throw new AppError('bad-request', `This name is too long: it may have ${LABEL_MAX_LENGTH} characters.`, {
    detail: `${clean.length} characters`,
    help: 'Use a shorter one.',
  });
}

/** A name that must be there. @throws AppError secret-refused, bad-request */
export function cleanName(text: string): string {
  const name = cleanLabel(text);
  if (name !== '') return name;
  throw new AppError('bad-request', 'A name is needed.', { help: 'Enter a name that you will recognise.' });
}
