/** `ballast catalog refresh`: newer yields, TVL and prices from the hosts that are allowed, kept in the data folder. */
import type { CatalogChange } from '../../shared/contract/catalog-view.ts';
import type { Client } from '../../shared/contract/bridge.ts';
import type { RefreshStatus } from '../../shared/contract/market-view.ts';
import { formatObserved } from '../../shared/format/catalog.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { waitForJob } from './local-client.ts';
import type { Terminal } from './terminal.ts';

export interface CatalogRefreshOptions {
  /** Hosts allowed for this run, beside those of the settings. */
  readonly allowHost?: readonly string[] | undefined;
  readonly json?: boolean | undefined;
  readonly dataDir?: string | undefined;
}

/** @throws AppError host-not-allowed, api-* where nothing came */
export async function runCatalogRefresh(
  client: Client,
  options: CatalogRefreshOptions,
  terminal: Terminal,
): Promise<void> {
  await waitForJob(
    client,
    () => client.call('catalog.refresh', {}),
    terminal.signal,
    ({ step, progress }) => terminal.showProgress(step, progress),
  );
  const status = await client.call('catalog.refreshStatus', {});
  if (options.json === true) {
    terminal.print(stringifyForPeople({ schema: 'ballast-refresh/1', ...status }).trimEnd());
    return;
  }
  terminal.print(describe(status, terminal.t).join('\n'));
}

function describe({ parts, changes, hosts }: RefreshStatus, t: Terminal['t']): string[] {
  const asked = new Set(parts.map(({ host }) => host));
  return [
    ...parts.map(({ part, host, taken, leftOut, error }) => {
      const name = t(`market.part.${part}`);
      if (error !== null) return t('market.part.line', { part: name, host, message: error.message });
      const left = leftOut === 0 ? '' : ` ${t('market.part.leftOut', { count: leftOut })}`;
      return `${t('cli.catalog.part', { part: name, host, count: taken })}${left}`;
    }),
    ...hosts.flatMap(({ host, isAllowed }) =>
      isAllowed || asked.has(host) ? [] : [t('cli.catalog.notAllowed', { host })],
    ),
    '',
    t('cli.catalog.changed', { count: changes.length }),
    ...changes.map((change) => describeChange(change, t)),
  ];
}

function describeChange(
  { protocol, product, metric, before, after }: CatalogChange,
  t: Terminal['t'],
): string {
  const what = [protocol, product].filter((part) => part !== null).join(' ');
  const words = { metric: `${what} ${t(`catalog.metric.${metric}`)}`, after: formatObserved(after) };
  return before === null
    ? `  ${t('compare.detail.changeNew', words)}`
    : `  ${t('compare.detail.changed', { ...words, before: formatObserved(before) })}`;
}
