/** What a text is of Bitcoin, by its form alone: enough to say what it looks like while somebody types. */
import type { BITCOIN_ACCOUNT_FORMS } from './bitcoin.ts';

export type BitcoinForm = (typeof BITCOIN_ACCOUNT_FORMS)[number];

const BASE58 = '[1-9A-HJ-NP-Za-km-z]';
/**
 * Segwit of every network, and legacy addresses, whose first letter says their network and kind. Hex digits as many as a
 * private key has may begin with bc1, and are none.
 */
const ADDRESS = new RegExp(
  `^(?!(?:[0-9a-f]{40}|[0-9a-f]{64})$)(?:(?:bc|tb|bcrt)1[a-z0-9]{11,}|[132mn]${BASE58}{25,34})$`,
  'iu',
);
/** With or without the origin of the key in front. Capital letters: one key of a multisig (SLIP-132). */
const EXTENDED_KEY = new RegExp(`^(?:\\[[^\\]]*\\])?[xyztuvYZUV]pub${BASE58}{60,}$`, 'u');
const DESCRIPTOR = /^(?:pkh|wpkh|sh|wsh|tr|addr|combo|multi|sortedmulti|pk|raw|rawtr)\(/iu;

/** Null for anything else. White space around it is no matter. */
export function looksLikeBitcoinAccount(text: string): BitcoinForm | null {
  const typed = text.trim();
  if (ADDRESS.test(typed)) return 'address';
  if (EXTENDED_KEY.test(typed)) return 'extended-key';
  return DESCRIPTOR.test(typed) ? 'descriptor' : null;
}
