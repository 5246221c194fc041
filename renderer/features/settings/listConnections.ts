/** The hosts that the entered URLs allow. Pure. */
import type { NetworkSummary } from '../../../shared/contract/methods.ts';

export interface AllowedHost {
  /** `host` or `host:port`: never the path, which may hold a key. */
  readonly host: string;
  /** Names of the networks that are read there. */
  readonly networks: readonly string[];
  /** On this machine: nothing leaves it. */
  readonly isLocal: boolean;
}

/** Host and port of a URL; null where it is none. */
export function hostOfUrl(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/u.test(host);
}

/** Each host once, by name. A network that is no longer there is called by its id. */
export function listAllowedHosts(
  lists: readonly Readonly<Record<string, readonly string[]>>[],
  networks: readonly Pick<NetworkSummary, 'id' | 'name'>[],
): readonly AllowedHost[] {
  const hosts = new Map<string, string[]>();
  for (const [networkId, urls] of lists.flatMap((list) => Object.entries(list))) {
    const name = networks.find(({ id }) => id === networkId)?.name ?? networkId;
    for (const host of new Set(urls.map(hostOfUrl))) {
      if (host !== null) hosts.set(host, [...new Set([...(hosts.get(host) ?? []), name])]);
    }
  }
  return [...hosts]
    .map(([host, names]) => ({ host, networks: names, isLocal: isLoopback(host) }))
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}
