/**
 * A server on this machine that plays DefiLlama's three hosts. Its answers have the shapes the API documents; every
 * value in them is made up by hand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiHost } from '../../../shared/contract/settings.ts';
import type { ApiBases } from '../api-bases.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface LlamaServer {
  readonly bases: ApiBases;
  /** `host path` of every request, in order. */
  readonly asked: string[];
  /** Replaces what one host says until {@link reset}. */
  answer(host: ApiHost, answer: Answer): void;
  reset(): void;
  stop(): Promise<void>;
}

const HOSTS = ['yields.llama.fi', 'api.llama.fi', 'coins.llama.fi'] as const satisfies readonly ApiHost[];

export function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

/** Made-up rows in the shape of yields.llama.fi/pools. */
export const POOLS = [
  {
    chain: 'Ethereum',
    project: 'lido',
    symbol: 'STETH',
    tvlUsd: 30_000_000_000,
    apyBase: 2.5,
    apyReward: null,
    apy: 2.5,
    pool: '747c1d2a-c668-4682-b9f9-296708a3dd90',
    predictions: { predictedClass: 'Stable/Up' },
  },
  {
    chain: 'Ethereum',
    project: 'kelp',
    symbol: 'RSETH',
    tvlUsd: 900_000_000,
    apyBase: 2.1,
    apyReward: 0.4,
    apy: 2.5,
    pool: 'made-up-pool-of-rseth',
  },
  // The id the catalogue knows, on a row that is of something else.
  {
    chain: 'Base',
    project: 'kelp',
    symbol: 'RSETH',
    tvlUsd: 1,
    apyBase: 99,
    apy: 99,
    pool: '33c732f6-a78d-41da-af5b-ccd9fa5e52d5',
  },
] as const;

const TVL: Readonly<Record<string, number>> = { '/tvl/lido': 30_500_000_000.5, '/tvl/kelp': 910_000_000 };

/** Made-up dollar prices, by the coin keys the API uses. */
const PRICES: Readonly<Record<string, number>> = {
  'coingecko:ethereum': 2000,
  'coingecko:bitcoin': 80_000.1,
  'ethereum:0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84': 1996,
  'ethereum:0xA1290d69c65A6Fe4DF752f95823fae25cB99e5A7': 2150.5,
};

/** `now` in Unix milliseconds. */
export async function startLlamaServer(now: () => number): Promise<LlamaServer> {
  const asked: string[] = [];
  const replaced = new Map<ApiHost, Answer>();

  const usual: Readonly<Record<ApiHost, Answer>> = {
    'yields.llama.fi': (_, response) => sendJson(response, { status: 'success', data: POOLS }),
    'api.llama.fi': (request, response) => {
      const tvl = TVL[request.url ?? ''];
      if (tvl === undefined) {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end('"Protocol is not in our database"');
      } else {
        sendJson(response, tvl);
      }
    },
    'coins.llama.fi': (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://made-up.test');
      const keys = decodeURIComponent(pathname.split('/').at(-1) ?? '').split(',');
      const seconds = Math.floor(now() / 1000);
      const start = Number(searchParams.get('start'));
      const days = Array.from({ length: Number(searchParams.get('span')) }, (_, day) => start + day * 86_400);
      const times = days.filter((time) => time <= seconds);
      const isCurrent = pathname.startsWith('/prices/current/');
      const coins: Record<string, unknown> = {};
      for (const key of keys) {
        const price = PRICES[key];
        if (price === undefined) continue;
        coins[key] = isCurrent
          ? { price, symbol: 'X', timestamp: seconds - 60, confidence: 0.99 }
          : { symbol: 'X', confidence: 0.99, prices: times.map((timestamp) => ({ timestamp, price })) };
      }
      sendJson(response, { coins });
    },
  };

  const server = createServer((request, response) => {
    const [, index = '', ...rest] = (request.url ?? '').split('/');
    const host = HOSTS[Number(index)];
    if (host === undefined) {
      response.writeHead(404).end();
      return;
    }
    request.url = `/${rest.join('/')}`;
    asked.push(`${host} ${request.url}`);
    (replaced.get(host) ?? usual[host])(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;

  return {
    bases: Object.fromEntries(HOSTS.map((host, index) => [host, `http://127.0.0.1:${port}/${index}`])),
    asked,
    answer: (host, answer) => void replaced.set(host, answer),
    reset() {
      replaced.clear();
      asked.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
