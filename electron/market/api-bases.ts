/** Servers on this machine that stand in for the public hosts, in tests of the built program. */
import { API_HOSTS, type ApiHost } from '../../shared/contract/settings.ts';

/** Loopback only, which the fetcher checks. */
export type ApiBases = Partial<Readonly<Record<ApiHost, string>>>;

const PREFIX = 'BALLAST_STAND_IN_';

/** `BALLAST_STAND_IN_API_LLAMA_FI=http://127.0.0.1:1234` and the like. */
export function readApiBases(env: Readonly<Record<string, string | undefined>>): ApiBases {
  const bases: Partial<Record<ApiHost, string>> = {};
  for (const host of API_HOSTS) {
    const base = env[`${PREFIX}${host.toUpperCase().replaceAll('.', '_')}`];
    if (base !== undefined && base !== '') bases[host] = base;
  }
  return bases;
}
