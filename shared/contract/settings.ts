/** Settings: one typed entry each; it drives reading, writing, the screen and the palette. */
import { z } from 'zod';
import { assetSchema, ORDERED_SOURCES, QUOTES } from '../domain/market.ts';

/** The hosts of the one public API Ballast can ask. Each is allowed by itself, and none is until the user says so. */
export const API_HOSTS = ['yields.llama.fi', 'api.llama.fi', 'coins.llama.fi'] as const;
export type ApiHost = (typeof API_HOSTS)[number];

/** The settings that list servers of each network: nodes of Ethereum, and of Bitcoin. */
export const SERVER_LISTS = ['rpcUrls', 'bitcoinServers'] as const;
export type ServerList = (typeof SERVER_LISTS)[number];

/** Nodes of one network. */
export const MAX_NODES = 8;

/** A share of one whole, 1e18 = 100%. */
const shareSchema = z
  .bigint()
  .min(0n)
  .max(10n ** 18n);

export const settingSchemas = {
  theme: z.enum(['system', 'light', 'dark']),
  /** Last portfolio shown; null opens the first. */
  lastPortfolio: z.string().nullable(),
  hideAmounts: z.boolean(),
  /** JSON-RPC URLs by network id, in the order they are tried. Entering one is what allows its host. */
  rpcUrls: z.record(z.string(), z.array(z.string()).max(MAX_NODES)),
  /** Electrum and Esplora servers by network id, in the order they are tried. Entering one is what allows its host. */
  bitcoinServers: z.record(z.string(), z.array(z.string()).max(MAX_NODES)),
  /** A SOCKS5 proxy, `host:port`, that Bitcoin servers are reached through; null goes there directly. */
  bitcoinProxy: z.string().nullable(),
  /** REST interface of a Babylon node by network id. Entering it is what allows its host. */
  babylonNodes: z.record(z.string(), z.string()),
  /** Whether an Electrum server is listened to after a reading, for as long as the window is open. */
  followBitcoin: z.boolean(),
  /** SHA-256 of the certificate each Bitcoin server showed at first, by its URL. */
  serverPins: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/u)),
  /** USD per ETH typed by the user, 8 decimals; comes before any feed. */
  manualEthUsd: z.object({ price: z.bigint(), enteredAt: z.number() }).nullable(),
  /** Hosts of the public API that may be asked. */
  allowedHosts: z.array(z.enum(API_HOSTS)),
  /** Which source of a price counts where several know it, first to last. What the user typed comes before all. */
  priceOrder: z.array(z.enum(ORDERED_SOURCES)),
  /** From which difference two sources are shown as disagreeing, 1e18 = 100%. */
  disagreementShare: shareSchema,
  /** From which distance to its underlying a token counts as off its peg, 1e18 = 100%. */
  depegShare: shareSchema,
  /** Prices typed by the user, by asset; ETH has its own entry above. */
  manualPrices: z.record(
    assetSchema,
    z.object({ quote: z.enum(QUOTES), price: z.bigint().positive(), enteredAt: z.number() }),
  ),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Settings = { [K in SettingKey]: z.infer<(typeof settingSchemas)[K]> };

export const settingsSchema = z.object(settingSchemas);

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  lastPortfolio: null,
  hideAmounts: false,
  rpcUrls: {},
  bitcoinServers: {},
  bitcoinProxy: null,
  babylonNodes: {},
  followBitcoin: true,
  serverPins: {},
  manualEthUsd: null,
  allowedHosts: [],
  priceOrder: ['imported', 'chain', 'llama', 'catalog'],
  disagreementShare: 2n * 10n ** 16n,
  depegShare: 2n * 10n ** 16n,
  manualPrices: {},
};
