/** The accounts of a portfolio: public addresses with a label. */
import { AppError } from '../../shared/contract/errors.ts';
import {
  SAMPLE_PORTFOLIO_ID,
  watchedText,
  type Account,
  type BitcoinWatch,
  type EvmWatch,
} from '../../shared/domain/account.ts';
import { DEFAULT_GAP_LIMIT } from '../../shared/domain/bitcoin.ts';
import type { EvmAddress } from '../../shared/domain/address.ts';
import type { Store } from '../store/store.ts';
import type { Bitcoin } from './bitcoin.ts';
import type { Changes } from './changes.ts';
import type { Nodes } from './nodes.ts';
import type { Portfolios } from './portfolios.ts';
import { readTypedAccount } from './read-address.ts';
import type { ChainReader, Sample } from './readers.ts';
import { cleanLabel } from './typed-text.ts';
import type { EditName, UndoStack } from './undo.ts';

export interface Accounts {
  list(portfolioId: string): readonly Account[];
  /**
   * Watches an address, what a name leads to on the portfolio's node, or a Bitcoin account.
   * @throws AppError secret-refused, bad-address, bad-checksum, duplicate-account, sample-is-fixed, not-found; for a
   * name also no-node, ens-not-found, ens-unavailable, node-*
   */
  add(portfolioId: string, typed: string, label: string, search?: BitcoinSearch): Promise<Account>;
  rename(accountId: string, label: string): Account;
  remove(accountId: string): void;
}

/** How far the addresses of an extended key or descriptor are looked through. */
export interface BitcoinSearch {
  readonly gapLimit?: number | undefined;
}

interface Parts {
  readonly store: Store;
  readonly sample: Sample;
  readonly portfolios: Portfolios;
  readonly nodes: Nodes;
  readonly chain: ChainReader;
  readonly bitcoin: Bitcoin;
  readonly changes: Changes;
  readonly undo: UndoStack;
  readonly now: () => number;
  readonly randomId: () => string;
  /** Aborts when the program ends. */
  readonly signal: AbortSignal;
}

/** An edit is named by what the user called the account; an address does not belong in a menu. */
function nameEdit(key: 'addAccount' | 'removeAccount', account: Account): EditName {
  const ensName = account.kind === 'evm' ? account.ensName : null;
  const name = account.label === '' ? ensName : account.label;
  return name === null
    ? { key: `edits.${key}Unnamed`, params: {} }
    : { key: `edits.${key}`, params: { label: name } };
}

export function createAccounts(parts: Parts): Accounts {
  const { store, sample, portfolios, nodes, chain, bitcoin, changes, undo, now, randomId, signal } = parts;

  function getOwn(id: string): Account {
    const account = store.accounts.find(id);
    if (account) return account;
    if (sample.accounts.some((candidate) => candidate.id === id)) portfolios.getOwn(SAMPLE_PORTFOLIO_ID);
    throw new AppError('not-found', 'This account is not there any more.');
  }

  function refuseDuplicate(portfolioId: string, watched: string): void {
    const twin = store.accounts.findByText(portfolioId, watched);
    if (!twin) return;
    throw new AppError('duplicate-account', 'This portfolio watches this account already.', {
      ...(twin.label === '' ? {} : { detail: `It is called “${twin.label}”.` }),
    });
  }

  function takeAway(account: Account): () => void {
    const removed = store.remove('account', account.id);
    changes.tellFigures(account.portfolioId);
    return () => {
      store.putBack(removed);
      changes.tellFigures(account.portfolioId);
    };
  }

  function setLabel(account: Account, label: string): void {
    store.accounts.rename(account.id, label);
    changes.tellFigures(account.portfolioId);
  }

  async function resolve(portfolioId: string, name: string): Promise<EvmAddress> {
    const { networkId } = portfolios.getOwn(portfolioId);
    const { value } = await nodes.ask(networkId, signal, (node) => chain.resolveName(node, name));
    return value;
  }

  async function watch(
    portfolioId: string,
    typed: string,
    label: string,
    { gapLimit = DEFAULT_GAP_LIMIT }: BitcoinSearch,
  ): Promise<EvmWatch | BitcoinWatch> {
    const read = readTypedAccount(typed);
    const { networkId } = portfolios.getOwn(portfolioId);
    if (read.kind === 'bitcoin') {
      return { kind: 'bitcoin', ...bitcoin.readAccount(networkId, read.text), label, gapLimit };
    }
    const isName = read.kind === 'name';
    const address = isName ? await resolve(portfolioId, read.name) : read.address;
    return { kind: 'evm', address, label, ensName: isName ? read.name : null };
  }

  return {
    list: (portfolioId) =>
      portfolioId === SAMPLE_PORTFOLIO_ID ? sample.accounts : store.accounts.list(portfolioId),
    async add(portfolioId, typed, typedLabel, search = {}) {
      // Both before anything else: a secret in either must not wait for the other.
      const label = cleanLabel(typedLabel);
      const watched = await watch(portfolioId, typed, label, search);
      // Asked again: the portfolio may have gone while the name was looked up.
      portfolios.getOwn(portfolioId);
      const account: Account = { ...watched, id: randomId(), portfolioId, createdAt: now() };
      refuseDuplicate(portfolioId, watchedText(account));
      store.accounts.insert(account);
      changes.tellFigures(portfolioId);
      let bringBack = (): void => undefined;
      undo.push({
        name: nameEdit('addAccount', account),
        undo: () => {
          bringBack = takeAway(account);
        },
        redo: () => bringBack(),
      });
      return account;
    },
    rename(accountId, typedLabel) {
      const label = cleanLabel(typedLabel);
      const before = getOwn(accountId);
      if (before.label === label) return before;
      setLabel(before, label);
      undo.push({
        name:
          label === ''
            ? { key: 'edits.clearLabel', params: {} }
            : { key: 'edits.renameAccount', params: { label } },
        undo: () => setLabel(before, before.label),
        redo: () => setLabel(before, label),
      });
      return { ...before, label };
    },
    remove(accountId) {
      const account = getOwn(accountId);
      let bringBack = takeAway(account);
      undo.push({
        name: nameEdit('removeAccount', account),
        undo: () => bringBack(),
        redo: () => {
          bringBack = takeAway(account);
        },
      });
    },
  };
}
