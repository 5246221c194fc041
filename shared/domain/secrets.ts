/**
 * Recognises secrets a person pastes by mistake, so that they can be refused before they are stored, logged or sent.
 * Nothing here keeps, returns or throws the text it looked at; callers say which kind it was (`secret.<kind>` in the
 * message catalogue) and forget the rest.
 */
import { validateMnemonic } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { createBase58check } from '@scure/base';
import { sha256 } from 'viem/utils';

export const SECRET_KINDS = [
  'private-key',
  'wif',
  'extended-private-key',
  'seed-phrase',
  'keystore-json',
] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** What the text was typed for. It decides what 64 hex digits mean. */
export type SecretField = 'address' | 'label' | 'url' | 'search' | 'number' | 'hash' | 'file';

export type WordList = readonly string[];

/**
 * The first secret in `text`, or null. Looks inside longer text too: `key: 0x…` as a label is found.
 *
 * @param wordLists BIP39 lists to compare words with. English unless told; the main process passes all ten, the page
 *   carries only the one to stay small.
 */
export function findSecret(
  text: string,
  field: SecretField,
  wordLists: readonly WordList[] = [english],
): SecretKind | null {
  // Full-width letters and characters without width come along with text copied from a PDF or a chat.
  const normal = text.normalize('NFKC');
  const plain = normal.replace(INVISIBLE, '');
  // A keystore holds runs of 64 hex digits as well: it goes first, to be called by its name.
  if (isKeystore(plain)) return 'keystore-json';
  if (hasPemKey(plain)) return 'private-key';
  if (field !== 'hash' && hasHexKey(plain, field)) return 'private-key';
  const base58 = findBase58Secret(plain);
  if (base58 !== null) return base58;
  // Between words an invisible character may be all that parts them; inside a word it is only in the way.
  const readings = [...new Set([plain, normal.replace(INVISIBLE, ' ')])].map(listWords);
  const hasPhrase = wordLists.some((list) => readings.some((words) => hasSeedPhrase(words, list)));
  return hasPhrase ? 'seed-phrase' : null;
}

/** Format and control characters that are not white space, and all others that are never drawn (Unicode, DerivedCoreProperties). */
const INVISIBLE = /\p{Cf}|\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}/gu;

/** Web3 secret storage (versions 1 and 3), EIP-2335 and the presale wallet, whole or cut off. */
function isKeystore(text: string): boolean {
  if (/["']encseed["']\s*:/iu.test(text)) return true;
  return /["']kdf(?:params)?["']\s*:/iu.test(text) && /["']cipher(?:text)?["']\s*:/iu.test(text);
}

function hasPemKey(text: string): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/u.test(text);
}

/** 32 bytes are a private key, 64 bytes a BIP39 seed (or an Ed25519 key with its public half). */
const HEX_KEY = /(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{128})(?![0-9a-f])/giu;

function isHexKey(text: string): boolean {
  // Written in groups or byte by byte, as some tools print it, or broken over two lines.
  const digits = text.replace(/0x|[\s:_"'`,;.|/()[\]{}\u2010-\u2015-]+/giu, '');
  return /^(?:[0-9a-f]{64}|[0-9a-f]{128})$/iu.test(digits);
}

/** Groups of hex digits with next to nothing between them, in longer text: `key: 4c08 83a0 …`. */
const HEX_GROUPS = /(?<![0-9a-z])(?:0x)?[0-9a-f]{2,}(?:[\s:-]{1,3}[0-9a-f]{2,})+(?![0-9a-z])/giu;

function hasHexKey(text: string, field: SecretField): boolean {
  if (isHexKey(text)) return true;
  // Node providers use 64 hex digits as access keys in the path: in a URL only the bare digits are a secret.
  if (field === 'url') return false;
  for (const match of text.matchAll(HEX_KEY)) {
    // A link to a transaction or a block says that what follows is a hash.
    const isLinkedHash = /\/(?:tx|txs|transaction|block|blocks)\/(?:0x)?$/iu.test(text.slice(0, match.index));
    if (!isLinkedHash) return true;
  }
  for (const [groups] of text.matchAll(HEX_GROUPS)) {
    // Dates and amounts are groups of digits as well, but of no letters.
    if (/[a-f]/iu.test(groups) && isHexKey(groups)) return true;
  }
  return false;
}

const base58check = createBase58check((bytes: Uint8Array) => sha256(bytes, 'bytes'));
const BASE58_RUN = /[1-9A-HJ-NP-Za-km-z]{51,}/gu;
/** Each try costs a checksum, and a text can be made so that every letter of it is worth one. */
const MOST_CHECKSUMS = 5000;
/** Longer text is a file, and nobody breaks a key over several lines of one. */
const LONGEST_TYPED = 4096;
const NAMED_EXTENDED_KEY = /[xyztuvYZUV]prv[1-9A-HJ-NP-Za-km-z]{100,}/u;

function decodeBase58(text: string): Uint8Array | null {
  try {
    return base58check.decode(text);
  } catch {
    return null;
  }
}

/** The kind of secret that a checksummed payload is, by its length and version bytes. */
function judgePayload(payload: Uint8Array): SecretKind | null {
  const [first, second] = payload;
  // 0x80 mainnet, 0xef testnet; a 34th byte of 1 says that the public key is compressed.
  if (first === 0x80 || first === 0xef) {
    if (payload.length === 33 || (payload.length === 34 && payload[33] === 1)) return 'wif';
  }
  // BIP32: byte 45 is 0 before a private key and 2 or 3 in a public one, whatever the version bytes (SLIP-132).
  if (payload.length === 78) return payload[45] === 0 ? 'extended-private-key' : null;
  // BIP38: a private key under a passphrase.
  const isBip38 = payload.length === 39 && first === 0x01 && (second === 0x42 || second === 0x43);
  return isBip38 ? 'private-key' : null;
}

function findBase58Secret(text: string): SecretKind | null {
  // Its own name gives it away, even with a typing error in it.
  if (NAMED_EXTENDED_KEY.test(text)) return 'extended-private-key';
  const found = checkRuns(text);
  if (found !== null || text.length > LONGEST_TYPED) return found;
  // Copied from a page, a key comes with the breaks of its lines. The checksum keeps ordinary words from being one.
  return checkRuns(text.replace(/\s+/gu, ''));
}

function checkRuns(text: string): SecretKind | null {
  let checks = 0;
  for (const [run] of text.matchAll(BASE58_RUN)) {
    for (let start = 0; start + 51 <= run.length; start += 1) {
      for (const length of lengthsAt(run, start)) {
        if (++checks > MOST_CHECKSUMS) return null;
        const payload = decodeBase58(run.slice(start, start + length));
        const kind = payload && judgePayload(payload);
        if (kind) return kind;
      }
    }
  }
  return null;
}

/** Lengths worth a checksum, by first letters: 51 and 52 for WIF, 58 for BIP38, 111 or the whole run for extended keys. */
function lengthsAt(run: string, start: number): readonly number[] {
  const lengths: number[] = [];
  const letter = run.charAt(start);
  if ('59'.includes(letter)) lengths.push(51);
  if ('KLc'.includes(letter)) lengths.push(52);
  if (letter === '6') lengths.push(58);
  const rest = run.length - start;
  if (/^[xyztuv]prv/iu.test(run.slice(start, start + 4))) lengths.push(111);
  else if (start === 0 && rest > 100 && rest < 120) lengths.push(rest);
  return lengths.filter((length) => length <= rest);
}

const PHRASE_SHORTEST = 11;
const PHRASE_LONGEST = 25;
/** Of a window of words, this share must be in the list: a phrase with a typing error is still the phrase. */
const KNOWN_OF = [4, 5] as const;

interface PreparedList {
  readonly words: ReadonlySet<string>;
  /** First four letters, which alone name a word in the English list; steel backups hold only these. */
  readonly stems: ReadonlySet<string>;
  readonly isHan: boolean;
}

const preparedLists = new WeakMap<WordList, PreparedList>();

function prepareList(list: WordList): PreparedList {
  const known = preparedLists.get(list);
  if (known) return known;
  const words = new Set(list.map(foldWord));
  const isHan = list.every((word) => /^\p{Script=Han}$/u.test(word));
  const prepared = { words, stems: new Set(isHan ? [] : [...words].map((word) => word.slice(0, 4))), isHan };
  preparedLists.set(list, prepared);
  return prepared;
}

/** Without capitals, and without the accents of Latin letters: many leave them out, and wallets allow that. */
function foldWord(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .toLowerCase();
}

function listWords(text: string): readonly string[] {
  return foldWord(text).match(/[\p{L}\p{M}]+/gu) ?? [];
}

/** Of text without spaces, so much is tried: each try costs a checksum. */
const MOST_UNSPACED = 500;

function hasSeedPhrase(tokens: readonly string[], list: WordList): boolean {
  const prepared = prepareList(list);
  if (prepared.isHan && listUnspaced(tokens).some((characters) => isHanPhrase(characters, list))) return true;
  return (
    hasWindow(tokens, (token) => prepared.words.has(token), KNOWN_OF) ||
    hasWindow(
      tokens,
      (token) => prepared.words.has(token) || (token.length === 4 && prepared.stems.has(token)),
      [1, 1],
    )
  );
}

/** Tokens that are as many characters as a phrase has words. */
function listUnspaced(tokens: readonly string[]): readonly (readonly string[])[] {
  return tokens
    .filter((token) => token.length >= 12 && token.length <= 48)
    .map((token) => Array.from(token))
    .filter(({ length }) => [12, 15, 18, 21, 24].includes(length))
    .slice(0, MOST_UNSPACED);
}

/** Ordinary Chinese is made of the list's characters: without spaces between them only the checksum tells. */
function isHanPhrase(characters: readonly string[], list: WordList): boolean {
  return validateMnemonic(characters.join(' '), [...list]);
}

/** Whether some 11 to 25 consecutive tokens are known, up to the share `[part, whole]`. */
function hasWindow(
  tokens: readonly string[],
  isKnown: (token: string) => boolean,
  [part, whole]: readonly [number, number],
): boolean {
  const knownBefore = [0];
  for (const [index, token] of tokens.entries()) {
    knownBefore.push((knownBefore[index] ?? 0) + (isKnown(token) ? 1 : 0));
  }
  for (let start = 0; start + PHRASE_SHORTEST <= tokens.length; start += 1) {
    const longest = Math.min(PHRASE_LONGEST, tokens.length - start);
    for (let length = PHRASE_SHORTEST; length <= longest; length += 1) {
      const known = (knownBefore[start + length] ?? 0) - (knownBefore[start] ?? 0);
      if (known * whole >= length * part) return true;
    }
  }
  return false;
}
