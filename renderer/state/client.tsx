/** Gives the page its client, its query cache and its event stream. */
import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import type { Client } from '../../shared/contract/bridge.ts';
import { connectJobs } from './jobsStore.ts';
import { createQueryCache, type QueryCache } from './queryCache.ts';

interface Services {
  readonly client: Client;
  readonly cache: QueryCache;
}

const ServicesContext = createContext<Services | null>(null);

export function ClientProvider({
  client,
  children,
}: {
  readonly client: Client;
  readonly children: ReactNode;
}) {
  const services = useMemo(() => ({ client, cache: createQueryCache(client) }), [client]);
  useEffect(() => client.subscribe(services.cache.handleEvent), [client, services]);
  useEffect(() => connectJobs(client), [client]);
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new Error('no ClientProvider above this component');
  return services;
}

export function useClient(): Client {
  return useServices().client;
}

export function useQueryCache(): QueryCache {
  return useServices().cache;
}
