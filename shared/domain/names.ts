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

export function nameOperator(operator: { readonly address: string; readonly name: string | null }): string {
  return operator.name ?? shortenAddress(operator.address);
}

/** Operator sets are numbered per service: `0x1234…abcd, set 2` where the service has no known name. */
export function nameService(service: Service): string {
  return service.name ?? `${shortenAddress(service.avs)}, set ${service.operatorSet}`;
}
