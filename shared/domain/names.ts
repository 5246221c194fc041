/** What accounts, operators and services are called: their own name, or enough of the address to tell them apart. */
import { watchedText, type Account } from './account.ts';
import { shortenAddress } from './address.ts';
import type { Service } from './observation.ts';

export function nameAccount(account: Account): string {
  if (account.label !== '') return account.label;
  const ensName = account.kind === 'evm' ? account.ensName : null;
  return ensName ?? shortenAddress(watchedText(account));
}

/**
 * What is watched, as it may be passed on: whoever has the whole of an extended key sees every transaction of it, those
 * to come included.
 */
export function nameWatched(account: Account): string {
  const isWhole = account.kind === 'evm' || account.form === 'address';
  return isWhole ? watchedText(account) : shortenAddress(account.text);
}

interface Described {
  /** Null where nobody gave one that is known. */
  readonly name: string | null;
  /** Where it says who it is; nobody checked what stands there. */
  readonly metadataUri?: string | undefined;
}

/**
 * `0x1234…abcd, github.com/p2p-org`: without a name the address, and beside it whose page it chose to describe itself on.
 * That is its own word, but only whoever holds that page can write there.
 */
export function nameOperator(operator: Described & { readonly address: string }): string {
  return operator.name ?? [shortenAddress(operator.address), ...listHints(operator)].join(', ');
}

/** Operator sets are numbered per service: `0x1234…abcd, set 2` where the service has no known name. */
export function nameService(service: Service): string {
  const { name, avs, operatorSet } = service;
  return name ?? [shortenAddress(avs), `set ${operatorSet}`, ...listHints(service)].join(', ');
}

function listHints({ metadataUri }: Described): string[] {
  const hint = metadataUri === undefined ? null : describeMetadataUri(metadataUri);
  return hint === null ? [] : [hint];
}

/** EigenLayer’s guide has operators keep their page there. */
const GITHUB_PAGES = /^(?:raw\.githubusercontent|github)\.com$/u;
const GITHUB_OWNER = /^\/([a-z\d](?:[a-z\d-]{0,38}))\//iu;
const HOST = /^[a-z\d](?:[a-z\d.-]{0,58}[a-z\d])?$/u;

/** Whose page an address is on: `github.com/p2p-org`, or its host; null for what is no address of a page. */
export function describeMetadataUri(uri: string): string | null {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (url?.protocol !== 'https:' || url.port !== '' || !HOST.test(url.hostname)) return null;
  if (!GITHUB_PAGES.test(url.hostname)) return url.hostname;
  const owner = GITHUB_OWNER.exec(url.pathname)?.[1];
  return owner === undefined ? null : `github.com/${owner}`;
}
