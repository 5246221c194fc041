/** What somebody typed as an account to watch, judged while they type. Pure; nothing of it is kept here. */
import type { Account } from '../../../shared/domain/account.ts';
import { looksLikeBitcoinAccount, type BitcoinForm } from '../../../shared/domain/bitcoin-text.ts';
import { parseEvmAddress, type AddressProblem } from '../../../shared/domain/address.ts';
import { findSecret, type SecretKind } from '../../../shared/domain/secrets.ts';

export type AccountText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'secret'; readonly secret: SecretKind }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'name'; readonly name: string }
  /** By its form; what is wrong in it is for the main process to say. */
  | { readonly kind: 'bitcoin'; readonly form: BitcoinForm }
  | { readonly kind: 'duplicate'; readonly account: Account }
  | {
      readonly kind: 'problem';
      readonly problem: Exclude<AddressProblem, 'empty'> | 'not-a-name';
      /** Characters after 0x. */
      readonly length: number;
      /** Somebody is still typing: not to be called a mistake before they stop. */
      readonly isUnfinished: boolean;
    };

/** As the main process has it: a dot makes it a name, and what a name may contain is for the resolver to say. */
const NAME = /^[^\s/:@]+\.[^\s/:@.]+$/u;

/**
 * Whether it cannot become an account by typing on, so that the page says why at once. Everything else may still be
 * submitted, and is answered then: a button is never grey without a reason beside it.
 */
export function isCertainMistake(judged: AccountText, hasNode: boolean): boolean {
  switch (judged.kind) {
    case 'problem':
      return !judged.isUnfinished;
    case 'duplicate':
    case 'secret':
      return true;
    case 'name':
      return !hasNode;
    case 'empty':
    case 'bitcoin':
    case 'address':
      return false;
  }
}

export function judgeAccountText(text: string, accounts: readonly Account[]): AccountText {
  const typed = text.trim();
  const form = looksLikeBitcoinAccount(typed);
  // Keys in a descriptor are written as a private key is, and are none.
  const secret = findSecret(text, form === 'descriptor' ? 'hash' : 'address');
  if (secret !== null) return { kind: 'secret', secret };
  if (typed === '') return { kind: 'empty' };
  if (form !== null) {
    const twin = accounts.find((account) => account.kind === 'bitcoin' && account.text === typed);
    return twin ? { kind: 'duplicate', account: twin } : { kind: 'bitcoin', form };
  }
  if (NAME.test(typed)) return { kind: 'name', name: typed };
  const parsed = parseEvmAddress(typed);
  if (parsed.ok) {
    const account = accounts.find(
      (candidate) => candidate.kind === 'evm' && candidate.address === parsed.address,
    );
    return account ? { kind: 'duplicate', account } : { kind: 'address', address: parsed.address };
  }
  const length = typed.length - 2;
  if (!/^0x/iu.test(typed)) return { kind: 'problem', problem: 'not-a-name', length, isUnfinished: true };
  const problem = parsed.problem === 'empty' ? 'not-hex' : parsed.problem;
  return { kind: 'problem', problem, length, isUnfinished: problem === 'wrong-length' && length < 40 };
}
