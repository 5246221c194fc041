/** Settings: one typed entry each; it drives reading, writing, the screen and the palette. */
import { z } from 'zod';

export const settingSchemas = {
  theme: z.enum(['system', 'light', 'dark']),
  /** Last portfolio shown; null opens the first. */
  lastPortfolio: z.string().nullable(),
  hideAmounts: z.boolean(),
  /** JSON-RPC URL by network id. Entering one is what allows its host. */
  rpcUrls: z.record(z.string(), z.string()),
  /** USD per ETH typed by the user, 8 decimals; used where no feed answers. */
  manualEthUsd: z.object({ price: z.bigint(), enteredAt: z.number() }).nullable(),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type Settings = { [K in SettingKey]: z.infer<(typeof settingSchemas)[K]> };

export const settingsSchema = z.object(settingSchemas);

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  lastPortfolio: null,
  hideAmounts: false,
  rpcUrls: {},
  manualEthUsd: null,
};
