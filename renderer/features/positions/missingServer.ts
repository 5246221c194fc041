/** What stands between a portfolio's accounts and their first reading. Pure. */
import type { Settings } from '../../../shared/contract/settings.ts';
import type { Account, Portfolio } from '../../../shared/domain/account.ts';

/** Settings that name who is asked, of each kind of account. */
export type ServerSetting = 'rpcUrls' | 'bitcoinServers';

const SETTING_OF = { evm: 'rpcUrls', bitcoin: 'bitcoinServers' } as const;

/**
 * The setting to fill in before anything can be read; null where some account can be. Of a portfolio without accounts any
 * server will do.
 */
export function findMissingServer(
  { networkId }: Pick<Portfolio, 'networkId'>,
  accounts: readonly Pick<Account, 'kind'>[],
  settings: Pick<Settings, ServerSetting>,
): ServerSetting | null {
  const isSet = (setting: ServerSetting): boolean => (settings[setting][networkId] ?? []).length > 0;
  const kinds = accounts.length > 0 ? accounts.map(({ kind }) => kind) : (['evm', 'bitcoin'] as const);
  const needed = [...new Set(kinds.map((kind) => SETTING_OF[kind]))];
  const [first = 'rpcUrls'] = needed;
  return needed.some(isSet) ? null : first;
}
