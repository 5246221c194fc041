/** Settings: checked one by one before they are kept. */
import { encode } from '../../shared/contract/codec.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { MethodParsed } from '../../shared/contract/methods.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/contract/settings.ts';
import { SAMPLE_PORTFOLIO_ID } from '../../shared/domain/account.ts';
import type { Quote } from '../../shared/domain/market.ts';
import { bitcoinNetworkOf } from '../../shared/domain/network.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './changes.ts';
import type { Networks } from './networks.ts';
import type { BitcoinReader, ChainReader, NodeProbe, ServerProbe } from './readers.ts';
import { refuseSecret } from './typed-text.ts';
import type { EditName, UndoStack } from './undo.ts';

/** Ten million dollars per ETH, 8 decimals: above it somebody forgot a decimal point. */
const MAX_PRICE = 10n ** 15n;

/** What the market page is made with. */
const MARKET_KEYS = [
  'manualEthUsd',
  'manualPrices',
  'allowedHosts',
  'priceOrder',
  'disagreementShare',
  'depegShare',
] as const satisfies readonly (keyof Settings)[];

type Update = MethodParsed<'settings.update'>;
/** What an edit may take back. How the screen looks is not one of them. */
const UNDOABLE = [
  'rpcUrls',
  'bitcoinServers',
  'bitcoinProxy',
  'babylonNodes',
  'manualEthUsd',
  'manualPrices',
] as const satisfies readonly (keyof Settings)[];
type Undoable = Pick<Settings, (typeof UNDOABLE)[number]>;

interface TypedPrice {
  readonly quote: Quote;
  readonly value: bigint;
}

export interface SettingsService {
  get(): Settings;
  /**
   * Changes the settings given; the map of node URLs is replaced as a whole, and an empty URL leaves its list.
   * @throws AppError bad-url, secret-refused, bad-price, not-found for a network; nothing is changed then
   */
  update(update: Update): Settings;
  /** A price typed by the user; null takes it away. Dollars of ETH are `manualEthUsd`. @throws AppError bad-price */
  setPrice(asset: string, price: TypedPrice | null): Settings;
  /** @throws AppError bad-url, secret-refused, wrong-chain, node-* */
  testNode(networkId: string, url: string): Promise<NodeProbe>;
  /** @throws AppError bad-url, secret-refused, wrong-chain, certificate-changed, node-* */
  testServer(networkId: string, url: string): Promise<ServerProbe>;
}

interface Parts {
  readonly store: Store;
  readonly networks: Networks;
  readonly chain: ChainReader;
  readonly bitcoin: BitcoinReader;
  readonly changes: Changes;
  readonly undo: UndoStack;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

function keepOnly(pins: Settings['serverPins'], urls: readonly string[]): Settings['serverPins'] {
  return Object.fromEntries(Object.entries(pins).filter(([url]) => urls.includes(url)));
}

/** @throws AppError bad-url, secret-refused */
function readProxy(typed: string | null): string | null {
  if (typed === null || typed.trim() === '') return null;
  refuseSecret(typed, 'url');
  const text = typed.trim().replace(/^socks5h?:\/\//iu, '');
  const [, port] = /^(?:[\w.-]+|\[[\da-f:]+\]):(\d{1,5})$/iu.exec(text) ?? [];
  if (port !== undefined && Number(port) > 0 && Number(port) < 65_536) return text;
  throw new AppError('bad-url', 'That is not the address of a SOCKS5 proxy.', {
    help: 'Write host and port; Tor on this machine is 127.0.0.1:9050.',
  });
}

export function createSettings(parts: Parts): SettingsService {
  const { store, networks, chain, bitcoin, changes, undo, now, signal } = parts;

  function readUrl(text: string): string {
    refuseSecret(text, 'url');
    return chain.parseUrl(text);
  }

  function readServer(text: string): string {
    refuseSecret(text, 'url');
    return bitcoin.parseServer(text).url;
  }

  function readUrls(
    typed: Readonly<Record<string, readonly string[]>>,
    read: (text: string) => string,
  ): Record<string, string[]> {
    const urls: Record<string, string[]> = {};
    for (const [networkId, texts] of Object.entries(typed)) {
      const entered = texts.filter((text) => text.trim() !== '');
      if (entered.length === 0) continue;
      networks.get(networkId);
      urls[networkId] = [...new Set(entered.map(read))];
    }
    return urls;
  }

  function readBabylonNodes(typed: Settings['babylonNodes']): Settings['babylonNodes'] {
    const lists = Object.fromEntries(Object.entries(typed).map(([id, text]) => [id, [text]]));
    const read = readUrls(lists, (text) => {
      refuseSecret(text, 'url');
      return bitcoin.parseBabylonNode(text).url;
    });
    return Object.fromEntries(Object.entries(read).flatMap(([id, [url]]) => (url ? [[id, url]] : [])));
  }

  function readPrice(typed: Settings['manualEthUsd']): Settings['manualEthUsd'] {
    if (typed === null) return null;
    if (typed.price <= 0n) {
      throw new AppError('bad-price', 'A price is above zero.', { help: 'Enter dollars for one ETH.' });
    }
    if (typed.price > MAX_PRICE) {
      throw new AppError('bad-price', 'This price is too high to be the price of one ETH.', {
        help: 'Enter dollars for one ETH, with a point before the cents.',
      });
    }
    // The age of a figure is for this side to say.
    return { price: typed.price, enteredAt: now() };
  }

  function write(values: Partial<Settings>): void {
    store.settings.write(values);
    changes.tellSettings();
    if (values.manualEthUsd !== undefined || values.manualPrices !== undefined) changes.tellFigures(null);
    if (MARKET_KEYS.some((key) => values[key] !== undefined)) changes.tellMarket();
  }

  /** The price, without the time it was entered: entering the same again is no edit. */
  function isSamePrice(a: Settings['manualEthUsd'], b: Settings['manualEthUsd']): boolean {
    return a?.price === b?.price;
  }

  function nameEdit(before: Undoable, after: Partial<Undoable>): EditName {
    const keys = Object.keys(after);
    const lists = (['rpcUrls', 'bitcoinServers'] as const).filter((key) => after[key] !== undefined);
    if (keys.every((key) => key === 'manualEthUsd' || key === 'manualPrices')) {
      return { key: 'edits.setPrice', params: {} };
    }
    if (lists.length < keys.length) return { key: 'edits.setSettings', params: {} };
    const changed = lists.flatMap((list) => {
      const ids = new Set([...Object.keys(before[list]), ...Object.keys(after[list] ?? {})]);
      return [...ids].filter((id) => encode(before[list][id]) !== encode(after[list]?.[id]));
    });
    const name = changed.length === 1 ? networks.list().find(({ id }) => id === changed[0])?.name : undefined;
    return name === undefined
      ? { key: 'edits.setNodes', params: {} }
      : { key: 'edits.setNode', params: { name } };
  }

  function pushEdit(before: Settings, after: Partial<Undoable>): void {
    const keys = UNDOABLE.filter((key) => after[key] !== undefined);
    const earlier = Object.fromEntries(keys.map((key) => [key, before[key]]));
    undo.push({
      name: nameEdit(before, after),
      undo: () => write(earlier),
      redo: () => write(after),
    });
  }

  /** Null for a portfolio that is not there: a setting holds no text of which nobody knows what it is. */
  function findKnown(portfolioId: string | null): string | null {
    if (portfolioId === null || portfolioId === SAMPLE_PORTFOLIO_ID) return portfolioId;
    return store.portfolios.find(portfolioId) === null ? null : portfolioId;
  }

  function get(): Settings {
    const settings = store.settings.read();
    return { ...settings, lastPortfolio: findKnown(settings.lastPortfolio) };
  }

  /** Prices of other assets keep the time they were entered unless they are other prices now. */
  function readPrices(
    typed: Settings['manualPrices'],
    before: Settings['manualPrices'],
  ): Settings['manualPrices'] {
    return Object.fromEntries(
      Object.entries(typed).map(([asset, { quote, price }]) => {
        const kept = before[asset];
        const isSame = kept?.quote === quote && kept.price === price;
        return [asset, { quote, price, enteredAt: isSame ? kept.enteredAt : now() }];
      }),
    );
  }

  function update(typed: Update): Settings {
    const { rpcUrls: typedUrls, manualEthUsd: typedPrice, manualPrices: typedPrices, lastPortfolio } = typed;
    const { theme, hideAmounts, allowedHosts, priceOrder, disagreementShare, depegShare } = typed;
    const before = store.settings.read();
    const urls = typedUrls && readUrls(typedUrls, readUrl);
    const servers = typed.bitcoinServers && readUrls(typed.bitcoinServers, readServer);
    const proxy = typed.bitcoinProxy === undefined ? undefined : readProxy(typed.bitcoinProxy);
    const babylon = typed.babylonNodes && readBabylonNodes(typed.babylonNodes);
    const price = typedPrice === undefined ? undefined : readPrice(typedPrice);
    const prices = typedPrices && readPrices(typedPrices, before.manualPrices);
    const edited: Partial<Undoable> = {
      ...(urls === undefined || encode(urls) === encode(before.rpcUrls) ? {} : { rpcUrls: urls }),
      ...(servers === undefined || encode(servers) === encode(before.bitcoinServers)
        ? {}
        : { bitcoinServers: servers }),
      ...(proxy === undefined || proxy === before.bitcoinProxy ? {} : { bitcoinProxy: proxy }),
      ...(babylon === undefined || encode(babylon) === encode(before.babylonNodes)
        ? {}
        : { babylonNodes: babylon }),
      ...(price === undefined || isSamePrice(price, before.manualEthUsd) ? {} : { manualEthUsd: price }),
      ...(prices === undefined || encode(prices) === encode(before.manualPrices)
        ? {}
        : { manualPrices: prices }),
    };
    write({
      ...edited,
      ...(theme === undefined ? {} : { theme }),
      ...(hideAmounts === undefined ? {} : { hideAmounts }),
      ...(typed.followBitcoin === undefined ? {} : { followBitcoin: typed.followBitcoin }),
      ...(lastPortfolio === undefined ? {} : { lastPortfolio: findKnown(lastPortfolio) }),
      ...(allowedHosts === undefined ? {} : { allowedHosts: [...new Set(allowedHosts)] }),
      // A certificate is pinned by the connection that met it; from outside it can only be forgotten.
      ...(typed.serverPins === undefined
        ? {}
        : { serverPins: keepOnly(before.serverPins, Object.keys(typed.serverPins)) }),
      // Every source once: one that was left out stands last.
      ...(priceOrder === undefined
        ? {}
        : { priceOrder: [...new Set([...priceOrder, ...DEFAULT_SETTINGS.priceOrder])] }),
      ...(disagreementShare === undefined ? {} : { disagreementShare }),
      ...(depegShare === undefined ? {} : { depegShare }),
    });
    if (Object.keys(edited).length > 0) pushEdit(before, edited);
    return get();
  }

  return {
    get,
    update,
    setPrice(asset, price) {
      const enteredAt = now();
      const { [asset]: _, ...others } = store.settings.read().manualPrices;
      if (price === null) {
        return update({ manualPrices: others, ...(asset === 'ETH' ? { manualEthUsd: null } : {}) });
      }
      const { quote, value } = price;
      return asset === 'ETH' && quote === 'USD'
        ? update({ manualEthUsd: { price: value, enteredAt } })
        : update({ manualPrices: { ...others, [asset]: { quote, price: value, enteredAt } } });
    },
    async testServer(networkId, typed) {
      const url = readServer(typed);
      const network = bitcoinNetworkOf(networks.get(networkId));
      if (network === null) throw new AppError('bad-request', 'No Bitcoin network belongs to this network.');
      const { bitcoinProxy: proxy, serverPins } = store.settings.read();
      return bitcoin.probe({ network, url, proxy, pinned: serverPins[url] ?? null, signal });
    },
    async testNode(networkId, url) {
      return chain.probe({ network: networks.get(networkId), rpcUrl: readUrl(url), signal });
    },
  };
}
